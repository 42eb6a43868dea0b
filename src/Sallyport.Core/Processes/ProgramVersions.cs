using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Sallyport.Core.Tools;

namespace Sallyport.Core.Processes;

/// <summary>Asks installed programs for their version, each once until its file changes.</summary>
public sealed partial class ProgramVersions(ProgramFinder finder, ProcessRunner runner)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly ProcessLimits Limits = new(OutputBytes: 4096, ErrorBytes: 4096);

    private readonly ConcurrentDictionary<string, (DateTime Changed, string? Version)> _known = new();

    /// <summary>Of the programs on this machine.</summary>
    public static ProgramVersions System { get; } = new(ProgramFinder.System, new ProcessRunner(ProgramFinder.System, TimeProvider.System));

    /// <summary>The first number in what it prints, such as <c>7.93</c>; null where it is missing, has no option for it, does not say or cannot be run.</summary>
    public async Task<string?> OfAsync(ExternalProgram program, CancellationToken cancellationToken)
    {
        if (program.VersionOption is not { } option || finder.Find(program.Name).Path is not { } path)
            return null;
        var changed = File.GetLastWriteTimeUtc(path);
        if (_known.TryGetValue(path, out var known) && known.Changed == changed)
            return known.Version;
        if (await AskAsync(path, option, cancellationToken) is not { End: ProcessEnd.Exited } run)
            return null;
        // traceroute says it on standard error.
        var said = run.Output.TotalBytes > 0 ? run.Output : run.Error;
        var version = Number().Match(said.Text) is { Success: true } number ? number.Value : null;
        _known[path] = (changed, version);
        return version;
    }

    /// <summary>Null where there is no room for a run.</summary>
    private async Task<ProcessResult?> AskAsync(string path, string option, CancellationToken cancellationToken)
    {
        try
        {
            using var directory = RunDirectory.Create();
            var run = await runner.RunAsync(new ProcessRequest(path, [option], directory, Longest) { Limits = Limits }, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return run;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Every program prints it in its first line: "Nmap version 7.93 (", "ping from iputils 20221126", "Modern traceroute for Linux, version 2.1.2".
    [GeneratedRegex(@"(?<=^[^\n]*\s)\d[0-9A-Za-z.+~-]*", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
