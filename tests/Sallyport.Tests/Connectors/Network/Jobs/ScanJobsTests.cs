using Sallyport.Connectors.Network.Jobs;
using Sallyport.Connectors.Network.Nmap;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Tests.Connectors.Network.Jobs;

public sealed class ScanJobsTests : IDisposable
{
    /// <summary>Each block reports its first address as one host with port 22 open.</summary>
    private const string OneHostPerBlock = """
        for block; do :; done
        address=${block%/*}
        printf '<nmaprun><host><status state="up"/><address addr="%s" addrtype="ipv4"/><ports><port protocol="tcp" portid="22"><state state="open"/></port></ports></host><runstats><finished exit="success"/><hosts up="1" down="0" total="1"/></runstats></nmaprun>' "$address" > nmap.xml

        """;

    private const string Progress = "echo 'Connect Scan Timing: About 1.00% done'\n";

    private readonly string _state = Directory.CreateTempSubdirectory("sallyport-jobs-").FullName;

    public void Dispose() => Directory.Delete(_state, recursive: true);

    [Fact]
    public async Task A_background_scan_is_started_followed_and_its_result_fetched()
    {
        using var nmap = new FakeNmap(OneHostPerBlock);
        await using var client = nmap.Client(state: _state);

        var started = await client.Scans.StartAsync(new ScanPorts("10.0.0.0/25", Ports: "22"), FakeNmap.Context(), default);
        await client.Jobs.WaitAsync(started.ScanId, TimeSpan.FromDays(1), default);

        var job = client.Jobs.Get(started.ScanId);
        Assert.Equal((ScanJobStatus.Completed, 2, 2.0, 2.0), (job.Status, job.Hosts, job.Done, job.Total));
        var result = client.Scans.ResultOf(started.ScanId, ResultDetail.Compact);
        Assert.Equal((true, ScanJobStatus.Completed, started.ScanId), (result.Complete, result.Status, result.ScanId));
        Assert.Equal(["10.0.0.0", "10.0.0.64"], result.Hosts.Select(host => host.Address));
    }

    [Fact]
    public async Task Nmaps_own_documents_are_kept_for_who_asks_for_them()
    {
        using var nmap = new FakeNmap(OneHostPerBlock);
        await using var client = nmap.Client(state: _state);
        var started = await client.Scans.StartAsync(new ScanPorts("10.0.0.0/25", Ports: "22"), FakeNmap.Context(), default);
        await client.Jobs.WaitAsync(started.ScanId, TimeSpan.FromDays(1), default);

        await using var with = client.Scans.ContentOf(new ScanResultRef(started.ScanId, RawXml: true));
        await using var without = client.Scans.ContentOf(new ScanResultRef(started.ScanId));
        await using var waited = await client.Scans.RunAsync(new ScanPorts("10.0.0.1", Ports: "22", WaitSec: 30, RawXml: true), FakeNmap.Context(), default);

        Assert.Equal([$"network://scans/{started.ScanId}/1.xml", $"network://scans/{started.ScanId}/2.xml"], with.Attachments.Select(attachment => attachment.Uri));
        Assert.All(["10.0.0.0", "10.0.0.64"], address => Assert.Contains(with.Attachments, attachment => System.Text.Encoding.UTF8.GetString(attachment.Bytes.Span).Contains($"\"{address}\"")));
        Assert.Empty(without.Attachments);
        Assert.Single(waited.Attachments);
    }

    [Fact]
    public async Task A_refusal_reaches_the_caller_at_once_and_leaves_no_job()
    {
        using var nmap = new FakeNmap();
        await using var client = nmap.Client(state: _state);

        await Assert.ThrowsAsync<InvalidArgumentsException>(() => client.Scans.StartAsync(new ScanPorts("8.8.8.8"), FakeNmap.Context(), default));
        await Assert.ThrowsAsync<InvalidArgumentsException>(() => client.Scans.StartAsync(new ScanPorts("10.0.0.1", ExtraArgs: "-iL x"), FakeNmap.Context(), default));

        Assert.Empty(client.Jobs.All());
        Assert.False(nmap.WasStarted);
    }

    [Fact]
    public async Task Whole_blocks_can_be_read_while_the_rest_is_scanned_and_stay_when_it_is_cancelled()
    {
        using var nmap = new FakeNmap(OneHostPerBlock + "case $block in 10.0.0.64/26) rm nmap.xml; " + Progress + "exec sleep 100;; esac");
        await using var client = nmap.Client(state: _state);
        var started = await client.Scans.StartAsync(new ScanPorts("10.0.0.0/25", Ports: "22"), FakeNmap.Context(), default);
        await Soon.HoldsAsync(() => client.Jobs.Get(started.ScanId).Progress?.Contains("part 2 of 2", StringComparison.Ordinal) == true);

        var soFar = client.Scans.ResultOf(started.ScanId, ResultDetail.Compact);
        Assert.Equal((false, ScanJobStatus.Running, "10.0.0.0"), (soFar.Complete, soFar.Status, soFar.Hosts.Single().Address));
        Assert.Equal("1 of 2 parts of the network were scanned", soFar.IncompleteReason);

        var cancelled = await client.Jobs.CancelAsync(started.ScanId, default);
        Assert.Equal(ScanJobStatus.Cancelled, cancelled.Status);
        Assert.Equal("10.0.0.0", client.Scans.ResultOf(started.ScanId, ResultDetail.Full).Hosts.Single().Address);
    }

    [Fact]
    public async Task A_scan_that_outlasts_its_caller_goes_on_under_a_handle()
    {
        using var nmap = new FakeNmap(Progress + "while [ ! -e " + Path.Combine(_state, "go") + " ]; do sleep 0.05; done\n" + OneHostPerBlock);
        var clock = new FakeClock();
        await using var client = nmap.Client(clock: clock, state: _state);
        var progress = new FirstStep();

        var waiting = client.Scans.RunAsync(new ScanPorts("10.0.0.1", Ports: "22", WaitSec: 30), FakeNmap.Context(progress), default);
        await progress.Seen;
        await clock.TimerSetAsync(TimeSpan.FromSeconds(30));
        clock.Advance(TimeSpan.FromSeconds(30));
        await using var content = await waiting;

        var result = System.Text.Json.JsonDocument.Parse(content.Bytes).RootElement;
        Assert.Equal(("running", false), (result.GetProperty("status").GetString(), result.GetProperty("complete").GetBoolean()));
        var scanId = result.GetProperty("scan_id").GetString()!;
        await File.WriteAllTextAsync(Path.Combine(_state, "go"), "");
        await client.Jobs.WaitAsync(scanId, TimeSpan.FromDays(1), default);
        Assert.Equal(ScanJobStatus.Completed, client.Jobs.Get(scanId).Status);
    }

    [Fact]
    public async Task A_scan_that_ends_in_time_answers_like_any_other()
    {
        using var nmap = new FakeNmap(OneHostPerBlock);
        await using var client = nmap.Client(state: _state);

        await using var content = await client.Scans.RunAsync(new ScanPorts("10.0.0.1", Ports: "22", WaitSec: 30), FakeNmap.Context(), default);

        Assert.True(System.Text.Json.JsonDocument.Parse(content.Bytes).RootElement.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task A_caller_who_hangs_up_before_having_a_handle_ends_the_scan()
    {
        using var nmap = new FakeNmap(Progress + "exec sleep 100");
        await using var client = nmap.Client(state: _state);
        using var caller = new CancellationTokenSource();
        var progress = new FirstStep();
        var waiting = client.Scans.RunAsync(new ScanPorts("10.0.0.1", WaitSec: 30), FakeNmap.Context(progress), caller.Token);
        await progress.Seen;

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(ScanJobStatus.Cancelled, client.Jobs.All().Single().Status);
    }

    [Fact]
    public async Task A_scan_that_still_runs_is_not_started_again_under_the_same_correlation_id()
    {
        using var nmap = new FakeNmap(Progress + "exec sleep 100");
        await using var client = nmap.Client(state: _state);
        var nightly = new ScanPorts("10.0.0.1", CorrelationId: "schedule:nightly");
        var first = await client.Scans.StartAsync(nightly, FakeNmap.Context(), default);

        var thrown = await Assert.ThrowsAsync<UpstreamException>(() => client.Scans.StartAsync(nightly, FakeNmap.Context(), default));

        Assert.Equal(UpstreamFailure.Conflict, thrown.Failure);
        await client.Jobs.CancelAsync(first.ScanId, default);
        await client.Scans.StartAsync(nightly, FakeNmap.Context(), default);
    }

    [Fact]
    public async Task A_failed_scan_says_why()
    {
        using var nmap = new FakeNmap("echo 'no such device' >&2; echo 'QUITTING!' >&2; exit 1");
        await using var client = nmap.Client(state: _state);

        var started = await client.Scans.StartAsync(new ScanPorts("10.0.0.1"), FakeNmap.Context(), default);
        await client.Jobs.WaitAsync(started.ScanId, TimeSpan.FromDays(1), default);

        Assert.Equal((ScanJobStatus.Failed, "nmap ended with exit code 1: no such device"), (client.Jobs.Get(started.ScanId).Status, client.Jobs.Get(started.ScanId).Error));
    }

    [Fact]
    public async Task Results_outlive_the_gate_and_what_ran_is_said_to_be_interrupted()
    {
        using var nmap = new FakeNmap(Progress + "exec sleep 100");
        string scanId;
        await using (var client = nmap.Client(state: _state))
        {
            scanId = (await client.Scans.StartAsync(new ScanPorts("10.0.0.1"), FakeNmap.Context(), default)).ScanId;
            await Soon.HoldsAsync(() => client.Jobs.Get(scanId).Progress is not null);
        }

        await using var next = nmap.Client(state: _state);

        Assert.Equal(ScanJobStatus.Interrupted, next.Jobs.Get(scanId).Status);
        Assert.False(next.Scans.ResultOf(scanId, ResultDetail.Compact).Complete);
    }

    [Fact]
    public void A_job_left_running_by_a_gate_that_died_is_interrupted_and_one_that_another_gate_runs_is_not()
    {
        var files = new ScanJobFiles(_state);
        var mine = new ScanJob(new string('a', 32), ScanJobStatus.Running, default, new ScanPorts("10.0.0.1"), ProcessId: Environment.ProcessId);
        files.Save(mine);
        files.Save(mine with { ScanId = new string('b', 32), ProcessId = 1 });
        files.Save(mine with { ScanId = new string('c', 32), ProcessId = int.MaxValue });

        var jobs = new ScanJobs(null!, null!, new RunningScans(), files, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, new FakeClock());

        Assert.Equal(
            [ScanJobStatus.Interrupted, ScanJobStatus.Running, ScanJobStatus.Interrupted],
            jobs.All().OrderBy(job => job.ScanId).Select(job => job.Status));
    }

    [Fact]
    public void Only_the_newest_hundred_are_kept_and_damaged_ones_are_passed_over()
    {
        var files = new ScanJobFiles(_state);
        for (var i = 0; i < 105; i++)
            files.Save(new ScanJob(i.ToString("x32", System.Globalization.CultureInfo.InvariantCulture), ScanJobStatus.Completed, default, new ScanPorts("10.0.0.1")));
        var broken = Path.Combine(_state, new string('f', 32));
        Directory.CreateDirectory(broken);
        File.WriteAllText(Path.Combine(broken, "job.json"), "{");
        Directory.CreateDirectory(Path.Combine(_state, "no-id"));

        files.RemoveOldest();

        Assert.Equal(99, files.All().Count());
        Assert.Equal("68", files.All().First().ScanId.TrimStart('0'));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../../../../etc/passwd0000000000")]
    [InlineData("ABCDEFABCDEFABCDEFABCDEFABCDEFAB")]
    [InlineData("0123456789abcdef0123456789abcde")]
    public void What_is_no_id_never_becomes_a_path(string id)
        => Assert.Throws<ArgumentException>(() => new ScanJobFiles(_state).Find(id));

    [Fact]
    public async Task An_id_that_nobody_has_is_not_found()
    {
        using var nmap = new FakeNmap();
        await using var client = nmap.Client(state: _state);

        Assert.Equal(UpstreamFailure.NotFound, Assert.Throws<UpstreamException>(() => client.Jobs.Get(new string('0', 32))).Failure);
    }

    [Fact]
    public async Task A_caller_who_continues_a_result_gets_the_rest_of_that_one()
    {
        using var nmap = new FakeNmap(OneHostPerBlock);
        var clock = new FakeClock();
        await using var client = nmap.Client(clock: clock, state: _state);
        var scan = new ScanPorts("10.0.0.1", Ports: "22", Scripts: []);
        await client.Scans.RunAsync(scan, FakeNmap.Context(), default);
        var again = new ToolContext("call-2", "test", clock) { Continues = true };

        await client.Scans.RunAsync(scan with { Scripts = [] }, again, default);
        Assert.Equal(1, nmap.Runs);

        await Assert.ThrowsAsync<InvalidArgumentsException>(() => client.Scans.RunAsync(scan with { Ports = "23" }, again, default));
        clock.Advance(TimeSpan.FromMinutes(15));
        await Assert.ThrowsAsync<InvalidArgumentsException>(() => client.Scans.RunAsync(scan, again, default));
    }

    private sealed class FirstStep : IProgress<ToolProgress>
    {
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => _seen.Task;

        public void Report(ToolProgress value) => _seen.TrySetResult();
    }
}
