using System.Globalization;
using Microsoft.Extensions.Logging;
using Sallyport.Configuration;
using Sallyport.Gateway.Audit;

namespace Sallyport.Hosting;

/// <summary>Opens the audit. Each process keeps a file of its own: where another holds the first one, the next number is taken.</summary>
internal static class AuditStart
{
    private const int MostProcesses = 32;

    public static string FileOf(SallyportSettings settings) => settings.Audit.File ?? Path.Combine(StateFolder.Of(settings), "audit.jsonl");

    /// <summary>The file and those of further processes beside it, those that exist.</summary>
    public static IReadOnlyList<string> FilesOf(SallyportSettings settings)
        => [.. Enumerable.Range(1, MostProcesses).Select(number => Numbered(FileOf(settings), number)).Where(File.Exists)];

    public static async Task<AuditLog> StartAsync(SallyportSettings settings, TimeProvider time, ILogger log, CancellationToken cancellationToken)
    {
        var key = settings.Audit.HmacKey is { IsEmpty: false } secret ? AuditKey.Parse(secret.Reveal()) : null;
        var instance = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}");
        for (var number = 1; ; number++)
        {
            var file = Numbered(FileOf(settings), number);
            try
            {
                return await AuditLog.StartAsync(new AuditOptions(file, key, (AuditDurability)settings.Audit.Durability, instance), time, log, cancellationToken);
            }
            catch (AuditUnavailableException) when (number < MostProcesses && IsHeld(file))
            {
                // Another process writes this one.
            }
        }
    }

    private static string Numbered(string file, int number) => number == 1
        ? file
        : Path.Combine(Path.GetDirectoryName(file)!, string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(file)}-{number}{Path.GetExtension(file)}"));

    private static bool IsHeld(string file)
    {
        try
        {
            using var held = new FileStream(file + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
