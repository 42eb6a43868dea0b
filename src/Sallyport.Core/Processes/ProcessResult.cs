namespace Sallyport.Core.Processes;

/// <summary>How a run of an external program ended.</summary>
public enum ProcessEnd
{
    /// <summary>It left by itself; what the exit code means is for the tool to say.</summary>
    Exited,
    TimedOut,
    Cancelled,

    /// <summary>The kernel stopped it at a limit, or it said that it had no memory left.</summary>
    ResourceExhausted,

    /// <summary>The program or the launcher is not installed or not executable.</summary>
    ProgramMissing,

    /// <summary>The launcher could not set a limit, so the program never ran.</summary>
    LaunchFailed,

    /// <summary>A signal that we did not send ended it.</summary>
    Killed,
}

/// <summary>What one run of an external program left behind.</summary>
/// <param name="ExitCode">The program's own; 124 after a timeout, 127 when it is missing, 128 + n after signal n.</param>
/// <param name="Signal">Name of the signal that ended it, when one did.</param>
/// <param name="Elapsed">From start to the end of the last process of the run.</param>
public sealed record ProcessResult(
    ProcessEnd End, int ExitCode, string? Signal, CapturedOutput Output, CapturedOutput Error, TimeSpan Elapsed);

/// <summary>The kept beginning of one output stream, cleaned for display, and how long the stream really was.</summary>
public sealed record CapturedOutput(string Text, long TotalBytes, bool IsTruncated)
{
    public static CapturedOutput Empty { get; } = new("", 0, false);
}
