using System.Text.Json;
using Sallyport.Connectors.Network.Nmap;
using Sallyport.Connectors.Network.Nmap.Planning;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Tests.Connectors.Network;

public sealed class NetworkClientTests
{
    private const string OneHost = """
        cat > nmap.xml <<'XML'
        <nmaprun scanner="nmap" version="7.93"><host><status state="up" reason="user-set"/><address addr="10.0.0.1" addrtype="ipv4"/>
        <ports><port protocol="tcp" portid="22"><state state="open" reason="syn-ack"/><service name="ssh" product="OpenSSH&#x1b;[31m" method="probed" conf="10"/></port></ports></host>
        <runstats><finished exit="success" elapsed="1.5"/><hosts up="1" down="0" total="1"/></runstats></nmaprun>
        XML

        """;

    [Fact]
    public async Task A_scan_answers_with_data_and_with_the_members_of_the_reference_server()
    {
        using var nmap = new FakeNmap(OneHost + "echo 'Nmap scan report'; echo 'Stats: 0:00:05 elapsed'; echo 'WARNING: odd' >&2");

        var result = await ScanAsync(nmap, new ScanPorts("10.0.0.1", CorrelationId: "scan-001"));

        Assert.True(result.GetProperty("complete").GetBoolean());
        var port = result.GetProperty("hosts")[0].GetProperty("ports")[0];
        Assert.Equal((22, "open", "OpenSSH"), (port.GetProperty("port").GetInt32(), port.GetProperty("state").GetString(), port.GetProperty("service").GetProperty("product").GetString()));
        Assert.Equal("Nmap scan report\n", result.GetProperty("stdout").GetString());
        Assert.Equal("odd", result.GetProperty("warnings")[0].GetString());
        Assert.Equal((0, false, "scan-001"), (result.GetProperty("returncode").GetInt32(), result.GetProperty("timed_out").GetBoolean(), result.GetProperty("correlation_id").GetString()));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (result.GetProperty("error").ValueKind, result.GetProperty("error_type").ValueKind));
        Assert.DoesNotContain("/", string.Join(' ', result.GetProperty("metadata").GetProperty("argv").EnumerateArray().Select(argument => argument.GetString())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_passes_the_schema_that_is_shown_to_clients()
    {
        using var nmap = new FakeNmap(OneHost);
        await using var client = nmap.Client();

        await using var content = await client.Scans.RunAsync(new ScanPorts("10.0.0.1"), FakeNmap.Context(), default);

        Assert.Empty(ScanTools.All[0].Output!.Validate(content.Bytes.Span));
    }

    [Fact]
    public async Task The_xml_is_attached_when_it_is_asked_for()
    {
        using var nmap = new FakeNmap(OneHost);
        await using var client = nmap.Client();

        await using var content = await client.Scans.RunAsync(new ScanPorts("10.0.0.1", RawXml: true), FakeNmap.Context(), default);

        var attachment = Assert.Single(content.Attachments);
        Assert.Equal(("network://scans/call-1/1.xml", "application/xml"), (attachment.Uri, attachment.MimeType));
        Assert.StartsWith("<nmaprun", System.Text.Encoding.UTF8.GetString(attachment.Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_is_scanned_block_by_block_with_progress_over_the_whole()
    {
        using var nmap = new FakeNmap("echo 'Connect Scan Timing: About 50.00% done; ETC: 12:00'\n" + FakeNmap.EmptyResult);
        await using var client = nmap.Client();
        var progress = new Steps();

        await client.Scans.RunAsync(new ScanPorts("10.0.0.0/24", Ports: "80", Scan: ScanKind.Connect), FakeNmap.Context(progress), default);

        Assert.Equal(4, nmap.Runs);
        Assert.Equal(["10.0.0.0/26", "10.0.0.64/26", "10.0.0.128/26", "10.0.0.192/26"], nmap.Arguments.Where(argument => argument.EndsWith("/26", StringComparison.Ordinal)));
        Assert.Equal([0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4], progress.Taken.Select(step => step.Done));
        Assert.All(progress.Taken, step => Assert.Equal(4, step.Total));
        Assert.Equal("Connect Scan: 50 %, part 1 of 4", progress.Taken[0].Message);
    }

    [Fact]
    public async Task A_scan_that_runs_out_of_time_returns_whole_hosts_and_says_so()
    {
        using var nmap = new FakeNmap(OneHost.Replace("</nmaprun>", "", StringComparison.Ordinal) + "echo 'Connect Scan Timing: About 1.00% done'; exec sleep 100");
        var clock = new FakeClock();
        await using var client = nmap.Client(clock: clock);
        var started = new Steps();

        var scanning = client.Scans.RunAsync(new ScanPorts("10.0.0.1", TimeoutSec: 60), FakeNmap.Context(started), default);
        await started.First;
        clock.Advance(TimeSpan.FromSeconds(60));
        await using var content = await scanning;

        var result = JsonDocument.Parse(content.Bytes).RootElement;
        Assert.Equal((false, true, 124, "timeout"), (
            result.GetProperty("complete").GetBoolean(), result.GetProperty("timed_out").GetBoolean(), result.GetProperty("returncode").GetInt32(),
            result.GetProperty("error_type").GetString()));
        Assert.Equal("10.0.0.1", result.GetProperty("hosts")[0].GetProperty("address").GetString());
    }

    [Theory]
    [InlineData("echo 'unrecognized option' >&2; exit 255", UpstreamFailure.Rejected, "exit code 255: unrecognized option")]
    [InlineData("echo 'Failed to open device eth9' >&2; echo 'QUITTING!' >&2; exit 1", UpstreamFailure.Unavailable, "exit code 1: Failed to open device eth9")]
    [InlineData("printf '<nmaprun><runstats><finished exit=\"error\" errormsg=\"no such device\"/></runstats></nmaprun>' > nmap.xml; exit 1", UpstreamFailure.Unavailable, "exit code 1: no such device")]
    [InlineData("exit 3", UpstreamFailure.Unavailable, "exit code 3: it said nothing")]
    [InlineData("kill -SEGV $$", UpstreamFailure.Unavailable, "stopped from outside")]
    [InlineData("kill -KILL $$", UpstreamFailure.Unavailable, "stopped at a limit")]
    public async Task A_scan_that_fails_says_why_in_nmaps_own_words(string then, UpstreamFailure failure, string message)
    {
        using var nmap = new FakeNmap(then);
        await using var client = nmap.Client();

        var thrown = await Assert.ThrowsAsync<UpstreamException>(() => client.Scans.RunAsync(new ScanPorts("10.0.0.1"), FakeNmap.Context(), default));

        Assert.Equal(failure, thrown.Failure);
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nmap_is_not_installed_the_failure_names_the_package()
    {
        await using var client = FakeNmap.Client(new Sallyport.Core.Processes.ProgramFinder(["/nonexistent"]));

        var thrown = await Assert.ThrowsAsync<UpstreamException>(() => client.Scans.RunAsync(new ScanPorts("10.0.0.1"), FakeNmap.Context(), default));

        Assert.Equal((UpstreamFailure.Unavailable, "Install the package nmap."), (thrown.Failure, thrown.Hint));
    }

    [Fact]
    public async Task A_caller_who_hangs_up_ends_the_scan()
    {
        using var nmap = new FakeNmap("echo 'Connect Scan Timing: About 1.00% done'; exec sleep 100");
        await using var client = nmap.Client();
        using var caller = new CancellationTokenSource();
        var started = new Steps();

        var scanning = client.Scans.RunAsync(new ScanPorts("10.0.0.1"), FakeNmap.Context(started), caller.Token);
        await started.First;
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scanning);
    }

    [Fact]
    public async Task Hosts_that_are_down_are_listed_when_asked_for()
    {
        using var nmap = new FakeNmap();
        await using var client = nmap.Client();

        await client.Scans.RunAsync(new DiscoverHosts("10.0.0.0/28", IncludeDown: true).ToScan(), FakeNmap.Context(), default);

        Assert.Equal("-sn -T4 --max-parallelism 100 -v", string.Join(' ', nmap.Arguments.Take(5)));
    }

    private static async Task<JsonElement> ScanAsync(FakeNmap nmap, ScanPorts scan)
    {
        await using var client = nmap.Client();
        await using var content = await client.Scans.RunAsync(scan, FakeNmap.Context(), default);
        return JsonDocument.Parse(content.Bytes).RootElement;
    }

    /// <summary>Keeps every step of progress, in order.</summary>
    private sealed class Steps : IProgress<ToolProgress>
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<ToolProgress> Taken { get; } = [];

        public Task First => _first.Task;

        public void Report(ToolProgress value)
        {
            Taken.Add(value);
            _first.TrySetResult();
        }
    }
}
