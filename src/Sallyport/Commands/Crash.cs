namespace Sallyport.Commands;

/// <summary>What is said when a thread breaks that nobody watches: the kind of fault and its place, never its text, which may quote a secret.</summary>
internal static class Crash
{
    public static bool Tell(Exception exception)
    {
        Console.Error.WriteLine($"sallyport: Something broke inside the program: {exception.GetType().Name}.\n{exception.StackTrace}");
        Console.Error.Flush();
        Environment.Exit(ExitCode.Problem);
        return true;
    }
}
