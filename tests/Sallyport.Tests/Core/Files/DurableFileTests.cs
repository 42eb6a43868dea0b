using Sallyport.Core.Files;

namespace Sallyport.Tests.Core.Files;

public sealed class DurableFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-durable-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_draft_takes_the_place_of_the_file_and_leaves_nothing_open()
    {
        var (draft, path) = (Path.Combine(_folder, "file.tmp"), Path.Combine(_folder, "file"));
        for (var i = 0; i < 20; i++)
        {
            File.WriteAllText(draft, $"{i}");
            DurableFile.Replace(draft, path);
        }

        Assert.Equal("19", File.ReadAllText(path));
        Assert.False(File.Exists(draft));
        if (OperatingSystem.IsLinux())
            Assert.DoesNotContain(Directory.EnumerateFileSystemEntries("/proc/self/fd"), file => new FileInfo(file).LinkTarget == _folder);
    }

    [Fact]
    public void A_folder_that_cannot_be_flushed_is_said_and_not_taken_for_flushed()
    {
        if (OperatingSystem.IsWindows())
            return;

        Assert.Throws<IOException>(() => DurableFile.FlushFolder(Path.Combine(_folder, "missing")));
    }
}
