namespace Sallyport.Core.Processes;

/// <summary>Reads from an exit code and standard error what stopped a program that we did not stop ourselves.</summary>
internal static class ProcessEnds
{
    public const int NotStartedCode = 1;
    public const int TimeoutCode = 124;
    public const int MissingCode = 127;
    private const int NotExecutableCode = 126;
    private const int Signalled = 128;

    private const int Kill = 9;
    private const int ProcessorLimit = 24;
    private const int FileSizeLimit = 25;

    private static readonly string[] Launchers = ["prlimit:", "setsid:"];

    /// <summary>How programs say that an allocation failed: the C library, GNU programs, C++ and Lua.</summary>
    private static readonly string[] OutOfMemory =
        ["annot allocate memory", "ut of memory", "emory exhausted", "bad_alloc", "not enough memory"];

    public static ProcessEnd Classify(int exitCode, string standardError)
    {
        // The launcher speaks first or never: once the program runs, the launcher is no more.
        if (Launchers.Any(name => standardError.StartsWith(name, StringComparison.Ordinal)))
            return exitCode is MissingCode or NotExecutableCode ? ProcessEnd.ProgramMissing : ProcessEnd.LaunchFailed;
        if (exitCode is Signalled + Kill or Signalled + ProcessorLimit or Signalled + FileSizeLimit)
            return ProcessEnd.ResourceExhausted;
        if (exitCode != 0 && OutOfMemory.Any(text => standardError.Contains(text, StringComparison.Ordinal)))
            return ProcessEnd.ResourceExhausted;
        return exitCode is > Signalled and <= Signalled + 64 ? ProcessEnd.Killed : ProcessEnd.Exited;
    }
}
