namespace Sallyport.Tests;

/// <summary>Contracts and recorded outputs that lie beside the repository and are read in place, never copied.</summary>
internal static class SharedFiles
{
    /// <summary>The path below <c>../shared</c>, seen from the repository's root; skips the test when it is absent.</summary>
    public static string Require(string path)
    {
        var full = Path.GetFullPath(Path.Combine(RepositoryRoot.Path, "..", "shared", path));
        Assert.SkipUnless(File.Exists(full) || Directory.Exists(full), $"The shared files are absent: there is no {full}.");
        return full;
    }
}
