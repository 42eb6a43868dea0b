using Sallyport.Core;
using Sallyport.Core.Processes;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Network.Running;

/// <summary>Runs small programs to their end; whatever keeps one from answering becomes a failure that says what to do.</summary>
internal sealed class Programs(ProgramFinder finder, ProcessRunner runner, ProcessLimits limits)
{
    private const int MaxMessage = 300;

    /// <summary>What the program printed until its end or its timeout; what its exit code means is for the caller to say.</summary>
    public async Task<ProcessResult> RunAsync(
        string tool, ExternalProgram program, IReadOnlyList<string> arguments, TimeSpan timeout, CancellationToken cancellationToken, ProcessLimits? own = null)
    {
        var found = finder.Find(program.Name);
        if (found.Path is null)
            throw new UpstreamException(UpstreamFailure.Unavailable, found.Problem!) { Hint = $"Install the package {program.Package}." };
        using var directory = RunDirectory.Create();
        var result = await runner.RunAsync(new ProcessRequest(found.Path, arguments, directory, timeout) { Limits = own ?? limits }, cancellationToken);
        NetworkMetrics.Ran(tool, result.Output, result.Error);
        cancellationToken.ThrowIfCancellationRequested();
        return result.End is ProcessEnd.Exited or ProcessEnd.TimedOut ? result : throw Failure(program, result);
    }

    /// <summary>The failure of a program that left with an exit code that is no answer.</summary>
    public static UpstreamException Failure(ExternalProgram program, ProcessResult result) => result.End switch
    {
        ProcessEnd.ResourceExhausted => new UpstreamException(
            UpstreamFailure.Unavailable, $"{program.Name} was stopped at a limit of memory, processor time or file size."),
        ProcessEnd.Exited => new UpstreamException(
            UpstreamFailure.Rejected, $"{program.Name} ended with exit code {result.ExitCode}: {LastLine(result)}"),
        ProcessEnd.TimedOut => new UpstreamException(UpstreamFailure.Timeout, $"{program.Name} ran out of time."),
        _ => new UpstreamException(UpstreamFailure.Unavailable, $"{program.Name} could not run to its end: {LastLine(result)}"),
    };

    private static string LastLine(ProcessResult result)
    {
        var line = result.Error.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "it said nothing";
        return line.Length <= MaxMessage ? line : line[..MaxMessage];
    }
}
