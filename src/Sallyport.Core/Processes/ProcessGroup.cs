using System.Runtime.InteropServices;

namespace Sallyport.Core.Processes;

/// <summary>Signals to a whole process group, so that nothing a program started outlives it.</summary>
internal static partial class ProcessGroup
{
    public const int Terminate = 15;
    public const int ForceKill = 9;

    /// <summary>Signals every process of the group that <paramref name="leader"/> leads; a group that is gone is no error.</summary>
    /// <param name="leaderLives">
    /// Between fork and setsid there is no group yet: then the leader itself is signalled, if it is known not to be reaped.
    /// </param>
    public static void Signal(int leader, int signal, bool leaderLives)
    {
        // A leader of 1 or less would address every process there is.
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(leader, 1);
        if (Kill(-leader, signal) != 0 && leaderLives)
            _ = Kill(leader, signal);
    }

    public static string? SignalName(int number) => number switch
    {
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        13 => "SIGPIPE",
        15 => "SIGTERM",
        24 => "SIGXCPU",
        25 => "SIGXFSZ",
        31 => "SIGSYS",
        > 0 and <= 64 => $"signal {number}",
        _ => null,
    };

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int target, int signal);
}
