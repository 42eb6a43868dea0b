using System.Diagnostics;
using Sallyport.Commands;

namespace Sallyport.Tests.Deploy;

/// <summary>The unit that is offered, before the real <c>systemd-analyze</c>.</summary>
public sealed class SystemdTests : IDisposable
{
    private const string Analyze = "/usr/bin/systemd-analyze";
    private const string Program = "/opt/sallyport/sallyport";

    /// <summary>What systemd calls OK, in tenths.</summary>
    private const string MostExposed = "25";

    private static readonly string Unit = File.ReadAllText(DeployedYaml.PathOf("systemd/sallyport.service"));

    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-unit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("verify")]
    [InlineData("security", "--offline=true", "--no-pager", "--threshold=" + MostExposed)]
    public async Task Systemd_finds_nothing_wrong_with_it(params string[] question)
    {
        Assert.SkipUnless(File.Exists(Analyze), "systemd-analyze is not installed; eng/prerequisites.sh installs it (package systemd).");
        var unit = Path.Combine(_folder, "sallyport.service");
        await File.WriteAllTextAsync(unit, Unit.Replace(Program, "/usr/bin/true", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        using var process = Process.Start(new ProcessStartInfo(Analyze, [.. question, unit]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var problems = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        // What it finds wrong with other units of the machine is not about this one.
        Assert.True(process.ExitCode == 0 && !(await problems).Contains("sallyport.service", StringComparison.Ordinal), said + await problems);
    }

    [Fact]
    public void The_program_takes_the_arguments_it_is_started_with()
    {
        var start = Unit.Split('\n').Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal))["ExecStart=".Length..].Split(' ');

        Assert.Equal(Program, start[0]);
        Assert.Empty(CommandTree.Build().Parse(start[1..]).Errors);
    }

    [Fact]
    public void It_has_no_right_but_that_of_raw_sockets_and_cannot_gain_one()
    {
        var lines = Unit.Split('\n');

        Assert.Equal(["AmbientCapabilities=CAP_NET_RAW", "CapabilityBoundingSet=CAP_NET_RAW"], lines.Where(line => line.Contains("Capabilit", StringComparison.Ordinal) && line[0] != '#'));
        Assert.Contains("NoNewPrivileges=true", lines);
        Assert.Contains($"RestartPreventExitStatus={ExitCode.BadConfiguration}", lines);
    }
}
