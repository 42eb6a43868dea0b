namespace Sallyport.Tests;

/// <summary>Where the repository's files lie that tests read in place.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder)
        => File.Exists(System.IO.Path.Combine(folder, "Sallyport.slnx")) ? folder
            : Find(System.IO.Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The repository was not found."));
}
