using Sallyport.Connectors.Network.Nmap;
using Sallyport.Connectors.Network.Reach;
using Sallyport.Core.Processes;
using Sallyport.Core.Tools;

namespace Sallyport.Tests.Core.Processes;

public sealed class ProgramVersionsTests : IDisposable
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly RunDirectory _directory = RunDirectory.Create();
    private readonly ProgramVersions _versions;

    public ProgramVersionsTests()
    {
        var finder = new ProgramFinder([_directory.Path, "/usr/bin", "/bin"], FileRights.Read(_directory.Path)!.Value.Uid);
        _versions = new ProgramVersions(finder, new ProcessRunner(finder, TimeProvider.System));
    }

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("Nmap version 7.93 ( https://nmap.org )\nPlatform: x86_64-pc-linux-gnu", "7.93")]
    [InlineData("Nmap version 7.95SVN ( https://nmap.org )", "7.95SVN")]
    [InlineData("ping from iputils 20221126\nlibcap: yes", "20221126")]
    [InlineData("Modern traceroute for Linux, version 2.1.2\nCopyright (c) 2016  Dmitry Butskoy", "2.1.2")]
    [InlineData("no number in this line\nversion 9 in the next", null)]
    [InlineData("", null)]
    public async Task The_version_is_the_first_number_of_the_first_line(string printed, string? expected)
    {
        Write(printed);

        Assert.Equal(expected, await AskAsync());
    }

    [Fact]
    public async Task A_program_is_asked_again_only_when_its_file_has_changed()
    {
        Write("tool 1.0", DateTime.UnixEpoch);
        Assert.Equal("1.0", await AskAsync());

        Write("tool 2.0", DateTime.UnixEpoch);
        Assert.Equal("1.0", await AskAsync());

        Write("tool 2.0", DateTime.UnixEpoch.AddDays(1));
        Assert.Equal("2.0", await AskAsync());
    }

    [Fact]
    public async Task One_that_was_stopped_is_asked_again()
    {
        File.WriteAllText(_directory.PathOf("tool"), "#!/bin/sh\nkill -9 $$\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_directory.PathOf("tool"), Executable);
        File.SetLastWriteTimeUtc(_directory.PathOf("tool"), DateTime.UnixEpoch);
        Assert.Null(await AskAsync());

        Write("tool 2.0", DateTime.UnixEpoch);
        Assert.Equal("2.0", await AskAsync());
    }

    [Theory]
    [InlineData("tool", null)]
    [InlineData("no-such-program", "--version")]
    public async Task What_is_missing_or_has_no_option_for_it_has_no_version(string name, string? option)
    {
        Write("tool 1.0");

        Assert.Null(await _versions.OfAsync(new ExternalProgram(name, "tools", option), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_programs_of_our_tools_say_their_version()
    {
        foreach (var program in (ExternalProgram[])[ScanTools.Program, Reachability.Ping, Reachability.Traceroute])
            Assert.Matches(@"^\d+", await ProgramVersions.System.OfAsync(program, TestContext.Current.CancellationToken));
    }

    private Task<string?> AskAsync() => _versions.OfAsync(new ExternalProgram("tool", "tools", "--version"), TestContext.Current.CancellationToken);

    /// <summary>A program that prints this when asked in the right way, and fails otherwise.</summary>
    private void Write(string printed, DateTime? changed = null)
    {
        var path = _directory.PathOf("tool");
        File.WriteAllText(path, $"#!/bin/sh\n[ \"$*\" = --version ] && printf '%s' '{printed}'\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, Executable);
        File.SetLastWriteTimeUtc(path, changed ?? DateTime.UtcNow);
    }
}
