using System.IO.Pipes;
using Sallyport.Hosting.Logging;

namespace Sallyport.Tests.Hosting.Logging;

public sealed class RollingFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-log-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Log => Path.Combine(_folder, "gate.log");

    [Fact]
    public void A_full_file_makes_room_and_the_oldest_goes()
    {
        using (var file = new RollingFile(Log, mostBytes: 10, backups: 2))
        {
            foreach (var line in (string[])["first\n", "second\n", "3\n", "fourth\n", "fifth\n"])
                file.TryWrite(line);
        }

        Assert.Equal("fifth\n", File.ReadAllText(Log));
        Assert.Equal("fourth\n", File.ReadAllText(Log + ".1"));
        Assert.Equal("second\n3\n", File.ReadAllText(Log + ".2"));
        Assert.Equal(3, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void Without_backups_a_full_file_begins_anew()
    {
        using var file = new RollingFile(Log, mostBytes: 10, backups: 0);
        file.TryWrite("123456789\n");
        file.TryWrite("x\n");

        Assert.Equal("x\n", File.ReadAllText(Log));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void What_is_longer_than_a_file_may_be_stays_in_one_piece()
    {
        using var file = new RollingFile(Log, mostBytes: 10, backups: 1);
        file.TryWrite(new string('x', 100));

        Assert.Equal(100, new FileInfo(Log).Length);
    }

    [Fact]
    public void What_is_there_already_is_kept_and_counts()
    {
        File.WriteAllText(Log, "before it\n");
        using var file = new RollingFile(Log, mostBytes: 12, backups: 1);
        file.TryWrite("after\n");

        Assert.Equal(("before it\n", "after\n"), (File.ReadAllText(Log + ".1"), File.ReadAllText(Log)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_was_moved_or_deleted_from_outside_is_made_anew(bool isReplaced)
    {
        using var file = new RollingFile(Log, mostBytes: 1000, backups: 1);
        file.TryWrite("before\n");
        File.Move(Log, Log + ".old");
        if (isReplaced)
            File.WriteAllText(Log, "");

        file.TryWrite("after\n");

        Assert.Equal(("before\n", "after\n"), (File.ReadAllText(Log + ".old"), File.ReadAllText(Log)));
    }

    [Fact]
    public void When_room_cannot_be_made_the_file_grows_on()
    {
        using var file = new RollingFile(Log, mostBytes: 10, backups: 1);
        Directory.CreateDirectory(Path.Combine(Log + ".1", "in the way"));
        file.TryWrite("123456789\n");
        file.TryWrite("more\n");

        Assert.Equal("123456789\nmore\n", File.ReadAllText(Log));
    }

    [Fact]
    public void A_pipe_is_written_to_and_never_moved()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux names the ends of a pipe as files.");
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        using (var file = new RollingFile($"/proc/self/fd/{pipe.GetClientHandleAsString()}", mostBytes: 10, backups: 1))
        {
            file.TryWrite("123456789\n");
            file.TryWrite("more\n");
        }

        pipe.DisposeLocalCopyOfClientHandle();
        using var reader = new StreamReader(pipe);
        Assert.Equal("123456789\nmore\n", reader.ReadToEnd());
    }

    [Fact]
    public void Nobody_else_may_read_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        using var file = new RollingFile(Log, mostBytes: 10, backups: 1);

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Log));
    }
}
