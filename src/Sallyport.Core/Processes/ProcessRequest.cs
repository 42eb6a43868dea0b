namespace Sallyport.Core.Processes;

/// <summary>One external program to run: which, with what arguments, where, and how much it may use.</summary>
/// <param name="Program">Absolute path, as <see cref="ProgramFinder"/> found it.</param>
/// <param name="Arguments">The argument vector; no shell ever reads it.</param>
/// <param name="Directory">The private directory it runs in; the caller reads result files there and disposes it.</param>
/// <param name="Timeout">How long it may run, counted from its start.</param>
public sealed record ProcessRequest(string Program, IReadOnlyList<string> Arguments, RunDirectory Directory, TimeSpan Timeout)
{
    public ProcessLimits Limits { get; init; } = new();

    /// <summary>Called with each cleaned line of standard output while the program runs; must be quick.</summary>
    public Action<string>? OnOutputLine { get; init; }
}
