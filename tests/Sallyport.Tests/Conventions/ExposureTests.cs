namespace Sallyport.Tests.Conventions;

/// <summary>What people copy from the repository must not open the gate to a network.</summary>
public sealed class ExposureTests
{
    private static readonly string[] Copied = ["*.md", "*.yaml", "*.yml", "Dockerfile*", "Containerfile*", "Makefile", "*.sh", "*.service"];
    private static readonly string[] Exposing = ["0.0.0.0", "-p 8000:8000", "-p 8765:8765", "REQUIRE_AUTH=false", "requireAuth: false", "--privileged"];

    [Fact]
    public void No_document_script_or_image_shows_how_to_serve_everyone()
    {
        var root = new DirectoryInfo(RepositoryRoot.Path);

        var found = Copied.SelectMany(pattern => root.EnumerateFiles(pattern, SearchOption.AllDirectories))
            .Where(file => !file.FullName.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj" or "artifacts" or "node_modules" or ".git"))
            .SelectMany(file => File.ReadLines(file.FullName).Where(line => Array.Exists(Exposing, line.Contains)).Select(line => $"{file.Name}: {line.Trim()}"));

        Assert.Empty(found);
    }
}
