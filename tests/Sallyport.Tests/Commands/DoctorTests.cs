using Sallyport.Commands.Doctor;
using Sallyport.Core;
using Sallyport.Core.Processes;
using Sallyport.Core.Settings;
using Sallyport.Core.Tools;
using Sallyport.Tests.Configuration;

namespace Sallyport.Tests.Commands;

public sealed class DoctorTests : IDisposable
{
    private readonly SettingsBench _bench = new() { Connectors = [new Scanner()] };

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_missing_program_is_named_with_its_tools_and_its_package()
    {
        var finding = Assert.Single(ProgramChecks.Of(_bench.Settings(), _bench.Connectors, new ProgramFinder([_bench.Folder])));

        Assert.Equal(Health.Weak, finding.Health);
        Assert.Contains("Not offered without it: scanner_probe.", finding.Says);
        Assert.Equal("Run: apt-get install probe-tools", finding.Remedy);
    }

    [Fact]
    public void A_missing_program_that_the_operator_depends_on_is_broken()
    {
        _bench.Yaml = "health: { dependencies: [probe] }";

        Assert.Equal(Health.Broken, Assert.Single(ProgramChecks.Of(_bench.Settings(), _bench.Connectors, new ProgramFinder([_bench.Folder]))).Health);
    }

    [Fact]
    public void A_state_directory_that_others_may_read_is_weak()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "POSIX modes");
        var state = Directory.CreateDirectory(Path.Combine(_bench.Folder, "state")).FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(state, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead);
        _bench.Yaml = $"state: {{ directory: '{state}' }}";

        Assert.Contains(FileChecks.Of(_bench.Load()), finding => finding is { Area: "files", Health: Health.Weak } && finding.Remedy == $"Run: chmod 700 {state}");
    }

    [Fact]
    public void A_state_directory_that_cannot_be_made_is_broken()
    {
        _bench.Yaml = $"state: {{ directory: '{_bench.Write("a-file", "")}' }}";

        Assert.Contains(FileChecks.Of(_bench.Load()), finding => finding is { Area: "files", Health: Health.Broken });
    }

    private sealed class Scanner : IConnector
    {
        public string Id => "scanner";

        public string Title => "Scanner";

        public IReadOnlyList<Tool> Tools { get; } =
        [
            Tool.Raw<object, PortalSettings>(ToolAccess.Read, "scanner_probe", "Probes.", static () => PortalJson.Default.PortalSettings, (_, _, _, _) => throw new NotSupportedException())
                with { Program = new ExternalProgram("probe", "probe-tools") },
        ];

        public SettingsType Settings { get; } = SettingsType.Of(static () => Sallyport.Configuration.SettingsJson.Default.UntrustedSettings, unset: new Sallyport.Configuration.Sections.UntrustedSettings());

        public IAsyncDisposable Connect(object settings, UpstreamContext context) => throw new NotSupportedException();

        public Task ProbeAsync(IAsyncDisposable client, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
