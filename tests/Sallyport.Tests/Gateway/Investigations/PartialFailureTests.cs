using System.Net;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Policy;
using Sallyport.Simulator.Faults;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Tests.Gateway.Investigations;

/// <summary>What a joined result says when some of its sources cannot, may not or will not answer.</summary>
public sealed class PartialFailureTests
{
    [Fact]
    public async Task A_slow_a_refusing_a_throttling_and_a_forbidden_source_are_each_said_and_the_rest_is_there()
    {
        var role = new Role("partial", new HashSet<Sallyport.Core.Tools.ToolPermission>(), ["*:read"], ["defectdojo_*"]);
        await using var range = await CompanyRange.StartAsync(new TestGatewayOptions { Roles = [role] });
        await range.ScanAsync();
        var never = new TaskCompletionSource();
        range.Company[Platform.Defender].Faults.Script("/v1.0/security/runHuntingQuery", FaultStep.Hold(never.Task), times: 10);
        range.Company[Platform.Vectra].Faults.Script("/api/v3.4/hosts", FaultStep.Status((int)HttpStatusCode.Unauthorized), times: 10);
        range.Company[Platform.Eset].Faults.Script("/v1/devices", FaultStep.Throttle(0), times: 10);
        range.Gate.Caller = range.Gate.Caller with { Role = "partial" };

        var look = await range.LookAsync("host_profile", """{"ip":"10.1.2.3","seconds":8}""");
        never.SetResult();

        Assert.Equal("timed_out", look.Status("defender", "hosts"));
        Assert.Equal("failed", look.Status("vectra", "hosts"));
        Assert.Equal("failed", look.Status("eset", "hosts"));
        Assert.Equal("denied", look.Status("defectdojo", "hosts"));
        Assert.Equal("ok", look.Status("network", "hosts"));
        Assert.Equal(["upstream_auth", "upstream_throttled"], Codes(look));
        Assert.False(look.Json.GetProperty("complete").GetBoolean());
        Assert.Contains("not clean", look.Json.GetProperty("caution").GetString(), StringComparison.Ordinal);
        Assert.Equal(["network"], look.SourcesOf(Assert.Single(look.Of(5001))));
    }

    [Fact]
    public async Task A_source_that_is_left_alone_is_said_to_be_and_not_asked()
    {
        await using var range = await CompanyRange.StartAsync(new TestGatewayOptions { Circuit = new Sallyport.Core.Resilience.CircuitOptions(FailureThreshold: 1) });
        range.Company[Platform.Vectra].Faults.Script("/api/v3.4/", FaultStep.Status(500), times: 1000);
        await range.LookAsync("alert_queue", """{"seconds":30}""");
        var before = range.Company[Platform.Vectra].Journal.Total;

        var look = await range.LookAsync("alert_queue");

        Assert.Equal("breaker_open", look.Status("vectra", "alerts"));
        Assert.Equal(before, range.Company[Platform.Vectra].Journal.Total);
    }

    [Fact]
    public async Task No_gap_is_certain_while_an_endpoint_platform_is_silent()
    {
        await using var range = await CompanyRange.StartAsync();
        range.Company[Platform.Eset].Faults.Script("/v1/devices", FaultStep.Status(403), times: 10);

        var look = await range.LookAsync("coverage_gaps", """{"detail":"full"}""");

        Assert.NotEmpty(look.Json.GetProperty("summary").GetProperty("unsure_because").EnumerateArray());
        var gaps = look.Events.Select(row => row.GetProperty("unmapped").GetProperty("gap")).Where(gap => gap.GetProperty("kind").GetString() == "no_agent").ToList();
        Assert.NotEmpty(gaps);
        Assert.All(gaps, gap => Assert.False(gap.GetProperty("certain").GetBoolean()));
    }

    [Fact]
    public async Task A_gap_stays_certain_while_a_platform_is_silent_that_has_no_agents_anyway()
    {
        await using var range = await CompanyRange.StartAsync();
        range.Gate.Caller = range.Gate.Caller with { Role = "reader" };

        var look = await range.LookAsync("coverage_gaps");

        Assert.Equal("denied", look.Status("network", "hosts"));
        Assert.Contains(look.Events, row => Look.Host(row) == "cam-lobby-01" && row.GetProperty("unmapped").GetProperty("gap").GetProperty("certain").GetBoolean());
    }

    [Fact]
    public async Task Every_read_of_a_source_is_in_the_audit_under_the_call_that_made_it()
    {
        await using var range = await CompanyRange.StartAsync();

        var look = await range.LookAsync("user_profile", """{"user":"alice"}""");

        var records = range.Gate.AuditRecords().Where(record => record.TryGetProperty("callId", out var id) && id.GetString()!.StartsWith(look.Outcome.CallId, StringComparison.Ordinal)).ToList();
        var asked = look.Json.GetProperty("sources").GetArrayLength();
        Assert.Equal(asked + 1, records.Count(record => record.GetProperty("event").GetString() == "open"));
        Assert.Equal(asked + 1, records.Count(record => record.GetProperty("event").GetString() == "close"));
        Assert.Contains(records, record => record.GetProperty("tool").GetString() == "eset_source_users");
        Assert.All(look.Json.GetProperty("sources").EnumerateArray(), report => Assert.Contains(records, record => record.GetProperty("callId").GetString() == report.GetProperty("call_id").GetString()));
    }

    [Fact]
    public async Task Who_may_read_no_source_is_not_shown_an_investigation_and_may_not_call_it()
    {
        var role = new Role("nothing", new HashSet<Sallyport.Core.Tools.ToolPermission>(), ["host_profile", "net_*"], ["net_scan*"]);
        await using var range = await CompanyRange.StartAsync(new TestGatewayOptions { Roles = [role] });
        range.Gate.Caller = range.Gate.Caller with { Role = "nothing" };

        var outcome = await range.Gate.CallAsync("host_profile", """{"name":"ws-37"}""");

        Assert.DoesNotContain(range.Gate.Listing.For(range.Gate.Caller).Entries, entry => entry.Name == "host_profile");
        Assert.Equal(ErrorCode.Forbidden, Assert.IsType<ToolOutcome.Refused>(outcome).Error.Code);
    }

    [Fact]
    public async Task A_source_is_no_tool_that_anybody_can_call_by_name()
    {
        await using var range = await CompanyRange.StartAsync();

        var outcome = await range.Gate.CallAsync("eset_source_hosts");

        Assert.Equal(ErrorCode.UnknownTool, outcome.Problem!.Code);
    }

    private static IEnumerable<string> Codes(Look look) => look.Json.GetProperty("sources").EnumerateArray()
        .Select(report => report.TryGetProperty("code", out var code) ? code.GetString()! : "").Where(code => code.StartsWith("upstream", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal);
}
