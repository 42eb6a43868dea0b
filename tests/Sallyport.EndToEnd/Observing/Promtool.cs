using System.Diagnostics;

namespace Sallyport.EndToEnd.Observing;

/// <summary>The real promtool of Debian's package <c>prometheus</c>.</summary>
internal static class Promtool
{
    public static string? Missing { get; } = File.Exists("/usr/bin/promtool") ? null : "promtool is not installed; eng/prerequisites.sh installs it (package prometheus).";

    public static async Task<(int Exit, string Said)> RunAsync(string? input, CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/promtool", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        if (input is not null)
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, output + await error);
    }
}
