using Sallyport.Core.Processes;

namespace Sallyport.Tests.Core.Processes;

public sealed class ProgramFinderTests : IDisposable
{
    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    private readonly string _directory = Directory.CreateTempSubdirectory("sallyport-finder-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_system_program_is_found_by_name()
        => Assert.Equal("sh", Path.GetFileName(ProgramFinder.System.Find("sh").Path));

    [Fact]
    public void A_program_that_is_not_installed_is_named_with_the_places_searched()
    {
        var found = ProgramFinder.System.Find("no-such-program");

        Assert.Null(found.Path);
        Assert.Contains("'no-such-program' is not installed in /usr/local/sbin:", found.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../bin/sh")]
    [InlineData("..")]
    [InlineData("./sh")]
    public void A_relative_path_is_no_program(string name) => Assert.Null(ProgramFinder.System.Find(name).Path);

    [Fact]
    public void A_program_that_root_owns_is_found_in_the_first_directory_that_has_it()
    {
        RequireRoot();
        Write("tool", Executable);

        Assert.Equal(Path.Combine(_directory, "tool"), new ProgramFinder([_directory, "/usr/bin"]).Find("tool").Path);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_program_that_others_may_overwrite_is_not_run(UnixFileMode extra)
    {
        RequireRoot();
        Write("tool", Executable | extra);

        AssertRefused("others may write");
    }

    [Fact]
    public void A_link_to_a_program_that_others_may_overwrite_is_not_run()
    {
        RequireRoot();
        Write("real", Executable | UnixFileMode.OtherWrite);
        File.CreateSymbolicLink(Path.Combine(_directory, "tool"), Path.Combine(_directory, "real"));

        AssertRefused("real is not owned by root or others may write");
    }

    [Fact]
    public void A_program_in_a_directory_that_others_may_write_to_is_not_run()
    {
        RequireRoot();
        Write("tool", Executable);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_directory, Executable | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);

        AssertRefused("others may write");
    }

    [Fact]
    public void A_file_that_is_not_executable_is_no_program()
    {
        RequireRoot();
        Write("tool", UnixFileMode.UserRead | UnixFileMode.UserWrite);

        AssertRefused("is not executable");
    }

    private void AssertRefused(string reason)
    {
        var found = new ProgramFinder([_directory]).Find("tool");

        Assert.Null(found.Path);
        Assert.Contains(reason, found.Problem, StringComparison.Ordinal);
    }

    private void Write(string name, UnixFileMode mode)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }

    private static void RequireRoot()
        => Assert.SkipUnless(Environment.IsPrivilegedProcess, "Needs root: only root can make files that root owns.");
}
