using Sallyport.Connectors.Network.Nmap.Planning;
using Sallyport.Connectors.Network.Nmap.Results;
using Sallyport.Core;
using Sallyport.Core.Processes;

namespace Sallyport.Connectors.Network.Nmap;

/// <summary>What a scan brought back, whole or until it was stopped.</summary>
/// <param name="End">How the last run of nmap ended.</param>
/// <param name="Documents">The XML of each run, as nmap wrote it.</param>
/// <param name="Timeout">How long it was allowed to take.</param>
/// <param name="RunTime">Without the wait for a place.</param>
internal sealed record ScanOutcome(
    ScanPlan Plan, NmapRun Run, ProcessEnd End, int ExitCode, CapturedOutput Output, CapturedOutput Error,
    IReadOnlyList<ReadOnlyMemory<byte>> Documents, TimeSpan Timeout, TimeSpan RunTime)
{
    private const int MaxMessage = 300;

    /// <summary>nmap's exit code for options that it does not know: our mistake, not its.</summary>
    private const int UsageError = 255;

    /// <summary>Whoever allows less than this must expect to run out of time, and must not close the tool for others by it.</summary>
    private static readonly TimeSpan ShortestThatCounts = TimeSpan.FromSeconds(30);

    /// <summary>Throws when nothing was learnt; a scan that was stopped midway is a result that says so.</summary>
    public void ThrowIfNothingLearnt()
    {
        if (End == ProcessEnd.Exited && ExitCode == 0) return;
        if (End is ProcessEnd.TimedOut or ProcessEnd.Cancelled || Run.Hosts.Count > 0) return;
        throw Failure();
    }

    /// <summary>As what the circuit counts a scan that has a result all the same; null when as well.</summary>
    public UpstreamFailure? CountsAs => End switch
    {
        ProcessEnd.TimedOut => Timeout >= ShortestThatCounts ? UpstreamFailure.Timeout : null,
        ProcessEnd.Exited when ExitCode == 0 => null,
        ProcessEnd.Cancelled => null,
        _ => Failure().Failure,
    };

    /// <summary>One sentence on why the scan is not whole; null when it is.</summary>
    public string? Problem => End switch
    {
        ProcessEnd.Exited when ExitCode == 0 => Run.Complete ? null : $"nmap's result could not be read to its end: {Run.IncompleteReason}.",
        ProcessEnd.TimedOut => "The scan ran out of time; what it had found until then is here.",
        ProcessEnd.Cancelled => "The scan was cancelled; what it had found until then is here.",
        _ => Failure().Message,
    };

    /// <summary>The reference server's word for the problem.</summary>
    public string? ProblemKind => End switch
    {
        ProcessEnd.Exited when ExitCode == 0 && Run.Complete => null,
        ProcessEnd.TimedOut => "timeout",
        ProcessEnd.Cancelled => "cancelled",
        ProcessEnd.ResourceExhausted => "resource_exhausted",
        ProcessEnd.ProgramMissing => "not_found",
        _ => "execution_error",
    };

    private UpstreamException Failure() => End switch
    {
        ProcessEnd.ProgramMissing => new UpstreamException(UpstreamFailure.Unavailable, $"nmap could not be started: {Said()}")
        {
            Hint = "Install the packages nmap and util-linux on the machine of this server.",
        },
        ProcessEnd.ResourceExhausted => new UpstreamException(UpstreamFailure.Unavailable, "nmap was stopped at a limit of memory, processor time or file size.")
        {
            Hint = "Scan fewer addresses or ports at a time.",
        },
        ProcessEnd.Exited => new UpstreamException(
            ExitCode == UsageError ? UpstreamFailure.Rejected : UpstreamFailure.Unavailable, $"nmap ended with exit code {ExitCode}: {Said()}"),
        _ => new UpstreamException(UpstreamFailure.Unavailable, $"nmap was stopped from outside: {Said()}"),
    };

    /// <summary>nmap's own reason: the error of its document, or the line before it gave up.</summary>
    private string Said()
    {
        if (Run.ErrorMessage is { } message) return message;
        var lines = Error.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var quits = Array.FindIndex(lines, line => line == "QUITTING!");
        var line = quits > 0 ? lines[quits - 1] : lines.LastOrDefault() ?? "it said nothing";
        return line.Length <= MaxMessage ? line : line[..MaxMessage];
    }
}
