namespace Sallyport.Commands;

/// <summary>How a command ended, for scripts.</summary>
internal static class ExitCode
{
    public const int Well = 0;

    /// <summary>Refused, held, failed, broken, or not well.</summary>
    public const int Problem = 1;

    /// <summary>The settings or the command line make no sense.</summary>
    public const int BadConfiguration = 2;
}
