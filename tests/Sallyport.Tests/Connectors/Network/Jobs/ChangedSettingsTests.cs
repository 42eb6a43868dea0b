using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Connectors.Network;
using Sallyport.Connectors.Network.Jobs;
using Sallyport.Connectors.Network.Nmap;
using Sallyport.Core;

namespace Sallyport.Tests.Connectors.Network.Jobs;

/// <summary>What becomes of background scans when the settings of their tenant change while they run.</summary>
public sealed class ChangedSettingsTests : IDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("sallyport-jobs-").FullName;
    private readonly FakeNmap _nmap;
    private readonly NetworkConnector _connector;

    public ChangedSettingsTests()
    {
        // Runs until it is let go.
        _nmap = new FakeNmap($"echo 'Connect Scan Timing: About 1.00% done'\nwhile [ ! -e {_state}/go ]; do sleep 0.05; done\n{FakeNmap.EmptyResult}");
        _connector = new NetworkConnector(_nmap.Programs);
    }

    public void Dispose()
    {
        _nmap.Dispose();
        Directory.Delete(_state, recursive: true);
    }

    [Fact]
    public async Task A_scan_goes_on_under_the_new_settings_and_is_followed_there()
    {
        var before = Connect(new NetworkSettings());
        var scanId = await StartAsync(before, "10.0.0.1");
        await using var after = Connect(new NetworkSettings(ScanSeconds: 60));

        await before.DisposeAsync();
        Assert.Equal(ScanJobStatus.Running, after.Jobs.Get(scanId).Status);
        await File.WriteAllTextAsync(Path.Combine(_state, "go"), "");
        await after.Jobs.WaitAsync(scanId, TimeSpan.FromDays(1), default);

        Assert.Equal(ScanJobStatus.Completed, after.Jobs.Get(scanId).Status);
        Assert.True(after.Scans.ResultOf(scanId, ResultDetail.Compact).Complete);
    }

    [Fact]
    public async Task Whoever_watches_hears_of_a_scan_from_its_start_to_its_end_across_the_change()
    {
        List<WorkNote> before = [], after = [];
        var first = Connect(new NetworkSettings(), before.Add);
        var scanId = await StartAsync(first, "10.0.0.1");
        await using var second = Connect(new NetworkSettings(ScanSeconds: 60), after.Add);
        await first.DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(_state, "go"), "");
        await second.Jobs.WaitAsync(scanId, TimeSpan.FromDays(1), default);

        Assert.All(before, note => Assert.Equal(scanId, note.Id));
        Assert.Equal(["started", "progress", "progress", "finished"], before.Select(note => note.Phase));
        Assert.Equal((1.0, 1.0, "completed"), (before[2].Done, before[2].Total, before[3].Outcome));
        Assert.Empty(after);
    }

    [Fact]
    public async Task A_scan_of_what_is_no_longer_a_target_is_stopped_and_says_why()
    {
        await using var before = Connect(new NetworkSettings());
        var scanId = await StartAsync(before, "10.0.0.1");

        await using var after = Connect(new NetworkSettings(DeniedTargets: ["10.0.0.0/24"]));
        await after.Jobs.WaitAsync(scanId, TimeSpan.FromDays(1), default);

        var job = after.Jobs.Get(scanId);
        Assert.Equal((ScanJobStatus.Cancelled, true), (job.Status, job.Error!.Contains("no longer allows this target", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Of_intrusive_scans_those_that_wait_are_stopped_when_they_are_forbidden_and_those_that_run_are_not()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Changing packets needs raw sockets.");
        await using var before = Connect(new NetworkSettings(AllowIntrusive: true));
        var running = await StartAsync(before, "10.0.0.1", "--ttl 10");
        var waiting = (await before.Scans.StartAsync(Scan("10.0.0.2", "--ttl 10"), FakeNmap.Context(), default)).ScanId;

        await using var after = Connect(new NetworkSettings());
        await after.Jobs.WaitAsync(waiting, TimeSpan.FromDays(1), default);

        Assert.Equal((ScanJobStatus.Cancelled, "The operator no longer allows intrusive scans."), (after.Jobs.Get(waiting).Status, after.Jobs.Get(waiting).Error));
        Assert.Equal(ScanJobStatus.Running, after.Jobs.Get(running).Status);
    }

    [Fact]
    public async Task More_places_let_a_waiting_scan_in_at_once()
    {
        await using var before = Connect(new NetworkSettings(ScanConcurrency: 1));
        await StartAsync(before, "10.0.0.1");
        var waiting = (await before.Scans.StartAsync(Scan("10.0.0.2"), FakeNmap.Context(), default)).ScanId;
        Assert.Equal(ScanJobStatus.Queued, before.Jobs.Get(waiting).Status);

        await using var after = Connect(new NetworkSettings(ScanConcurrency: 2));

        await UntilRunsAsync(after, waiting);
    }

    [Fact]
    public async Task When_its_tenant_goes_its_scans_stop()
    {
        var client = Connect(new NetworkSettings());
        var scanId = await StartAsync(client, "10.0.0.1");

        await client.DisposeAsync();

        Assert.Equal(ScanJobStatus.Interrupted, new ScanJobFiles(Path.Combine(_state, "scans")).Find(scanId)!.Status);
    }

    private NetworkClient Connect(NetworkSettings settings, Action<WorkNote>? watch = null)
        => (NetworkClient)_connector.Connect(settings, new UpstreamContext("test", new FakeClock(), NullLoggerFactory.Instance, _state) { OnWork = watch });

    private static async Task<string> StartAsync(NetworkClient client, string target, string extra = "")
    {
        var job = await client.Scans.StartAsync(Scan(target, extra), FakeNmap.Context(), default);
        await UntilRunsAsync(client, job.ScanId);
        return job.ScanId;
    }

    private static ScanPorts Scan(string target, string extra = "") => new(target, Ports: "22", ExtraArgs: extra);

    private static Task UntilRunsAsync(NetworkClient client, string scanId) => Soon.HoldsAsync(() => client.Jobs.Get(scanId).Progress is not null);
}
