using Sallyport.Mcp.Stdio;

namespace Sallyport.Commands;

/// <summary>Loads what serving needs last and takes longest, beside the reading of the command line and the settings; nothing waits for it or depends on it.</summary>
internal static class HeadStart
{
    /// <summary>On one thread: on a small machine two would only get into each other's way.</summary>
    public static void Begin() => _ = Task.Run(Rehearsal.RunAsync);
}
