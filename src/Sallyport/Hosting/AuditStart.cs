using System.Globalization;
using Microsoft.Extensions.Logging;
using Sallyport.Configuration;
using Sallyport.Configuration.Sections;
using Sallyport.Core;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Audit.Files;

namespace Sallyport.Hosting;

/// <summary>Opens the audit. Each process keeps a file of its own: where another holds the first one, the next number is taken.</summary>
internal static class AuditStart
{
    private const int MostProcesses = 32;

    public static string FileOf(SallyportSettings settings) => settings.Audit.File ?? Path.Combine(StateFolder.Of(settings), "audit.jsonl");

    /// <summary>The log and those of further processes beside it, those that exist.</summary>
    public static IReadOnlyList<string> LogsOf(SallyportSettings settings)
        => [.. Enumerable.Range(1, MostProcesses).Select(number => Numbered(FileOf(settings), number)).Where(file => LogSeries.Of(file).Count > 0)];

    /// <summary>The keys that the settings know, with which records are checked.</summary>
    public static IEnumerable<AuditKey> KeysOf(SallyportSettings settings)
        => new[] { settings.Audit.HmacKey, settings.Audit.PreviousKey }.Select(KeyOf).OfType<AuditKey>();

    public static async Task<AuditLog> StartAsync(SallyportSettings settings, ILoggerFactory logs, TimeProvider time, CancellationToken cancellationToken)
    {
        var audit = settings.Audit;
        var instance = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}");
        var forwarding = AuditSinks.Of(settings, logs, time);
        for (var number = 1; ; number++)
        {
            var file = Numbered(FileOf(settings), number);
            try
            {
                var options = new AuditOptions(file, KeyOf(audit.HmacKey), audit.Durability, instance)
                {
                    PreviousKey = KeyOf(audit.PreviousKey),
                    Rotation = RotationOf(audit),
                    Forwarding = forwarding,
                };
                return await AuditLog.StartAsync(options, time, logs.CreateLogger("Sallyport.Audit"), cancellationToken);
            }
            catch (AuditUnavailableException) when (number < MostProcesses && AuditLog.IsHeld(file))
            {
                // Another process writes this one.
            }
        }
    }

    private static AuditKey? KeyOf(Secret? key) => key is { IsEmpty: false } ? AuditKey.Parse(key.Reveal()) : null;

    private static AuditRotation RotationOf(AuditSettings audit)
    {
        var age = Duration.Parse(audit.RotateAfter);
        return new AuditRotation(audit.RotateMegabytes == 0 ? long.MaxValue : (long)audit.RotateMegabytes << 20, age == TimeSpan.Zero ? null : age);
    }

    private static string Numbered(string file, int number) => number == 1
        ? file
        : Path.Combine(Path.GetDirectoryName(file)!, string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(file)}-{number}{Path.GetExtension(file)}"));
}
