using Sallyport.Connectors.Eset;
using Sallyport.Core;
using Sallyport.Core.RequestTenants;
using Sallyport.Simulator.Faults;
using Sallyport.Tests.Gateway;
using Sallyport.Tests.Hosting.Observing;

namespace Sallyport.Tests.Connectors.Eset.Observing;

/// <summary>What users of the ESET server find again in logs and metrics. Other tests count into the same series.</summary>
public sealed class EsetWatchTests
{
    private const string List = "eset_device_groups_list";

    [Fact]
    public async Task Why_a_token_was_asked_for_is_told_and_counted()
    {
        using var scrape = new Scrape();
        var clock = new FakeClock();
        await using var range = await EsetRange.StartAsync(time: clock);
        var client = range.Connect();

        await range.CallAsync(client, List, "{}");
        clock.Advance(TimeSpan.FromSeconds(3400));
        await range.CallAsync(client, List, "{}");
        range.Running.Tokens.RevokeAll();
        await range.CallAsync(client, List, "{}");

        Assert.Equal(["initial", "proactive", "forced_401"], range.Log.Of("token_refresh").Select(line => line.Split('(', ')')[1]));
        Assert.All(range.Log.Of("token_refresh"), line => Assert.Contains($"cloud: token for {range.Controls.User}", line, StringComparison.Ordinal));
        Assert.All((string[])["initial", "proactive", "forced_401"], reason => Assert.Single(scrape.Lines($$"""esetmcp_token_refresh_total{deployment="cloud",reason="{{reason}}"}""")));
    }

    [Fact]
    public async Task A_request_that_is_sent_again_is_told_and_counted_with_the_reason()
    {
        using var scrape = new Scrape();
        await using var range = await EsetRange.StartAsync();
        var client = range.Connect();
        await range.CallAsync(client, List, "{}");
        range.Running.Tokens.RevokeAll();
        await range.CallAsync(client, List, "{}");
        range.Running.Faults.Script("/v1/device_groups", FaultStep.Throttle(0));
        await range.CallAsync(client, List, "{}");

        var told = range.Log.Of("http_request_retry").ToList();
        Assert.Equal(2, told.Count);
        Assert.Contains("GET of device-management is sent again in 0 s (401, token_expired), attempt 1", told[0], StringComparison.Ordinal);
        Assert.Contains("(429, rate_limited), attempt 1 of 4", told[1], StringComparison.Ordinal);
        Assert.All((string[])["401", "429"], status => Assert.Single(scrape.Lines($$"""esetmcp_http_retries_total{deployment="cloud",status="{{status}}"}""")));
    }

    [Fact]
    public async Task Every_call_that_ends_is_told_and_counted_under_the_reference_servers_words()
    {
        using var scrape = new Scrape();
        using var log = new LogLines();
        await using var range = await EsetRange.StartAsync(devices: 120);
        await using var gate = await TestGateway.StartAsync(
            [new EsetConnector()], [Some.Tenant("eset", range.Settings(), readOnly: true)],
            new TestGatewayOptions { UsesRealTime = true, Limits = new(Bytes: 10_000), Log = log.CreateLogger("") });

        await gate.CallAsync("eset_devices_list");
        await gate.CallAsync("eset_device_get", """{"deviceUuid":"00000000-0000-0000-0000-000000000001"}""");
        await gate.CallAsync("eset_device_rename", """{"deviceUuid":"00000000-0000-0000-0000-000000000001","displayName":"x"}""");

        Assert.Equal(["200", "404", "mode_forbidden"], log.Of("tool_call").Select(line => line.Split("mode ro: ")[1].Split(' ')[0]));
        Assert.All(log.Of("tool_call"), line => Assert.Contains($"at ESET cloud as {range.Controls.User}", line, StringComparison.Ordinal));
        Assert.Single(scrape.Lines("""esetmcp_tool_calls_total{deployment="cloud",status="200",tool="eset_devices_list"}"""));
        Assert.Single(scrape.Lines("""esetmcp_tool_calls_total{deployment="cloud",status="404",tool="eset_device_get"}"""));
        Assert.Single(scrape.Lines("""esetmcp_tool_calls_total{deployment="cloud",status="mode_forbidden",tool="eset_device_rename"}"""));
        Assert.Single(scrape.Lines("""esetmcp_tool_duration_seconds_bucket{deployment="cloud",tool="eset_devices_list",le="60"}"""));
        Assert.Single(scrape.Lines("""esetmcp_response_bytes_count{deployment="cloud",tool="eset_devices_list"}"""));
        Assert.Single(scrape.Lines("""esetmcp_responses_capped_total{tool="eset_devices_list"}"""));
        Assert.DoesNotContain(range.Controls.User, string.Concat(scrape.Lines("esetmcp_")), StringComparison.Ordinal);
    }

    [Fact, Trait("defect", "D24")]
    public async Task A_name_that_no_tool_has_makes_no_series_and_a_composite_that_failed_is_counted_as_failed()
    {
        using var scrape = new Scrape();
        await using var range = await EsetRange.StartAsync();
        await using var gate = await range.GateAsync();

        await gate.CallAsync("device_made_up_by_a_client");
        await gate.CallAsync("eset_made_up_by_a_client");
        await gate.CallAsync("device_full_profile", """{"deviceUuid":"00000000-0000-0000-0000-000000000001"}""");

        Assert.DoesNotContain("made_up", string.Concat(scrape.Lines("")), StringComparison.Ordinal);
        Assert.Single(scrape.Lines("""esetmcp_tool_calls_total{deployment="cloud",status="404",tool="eset_device_profile"}"""));
    }

    [Fact, Trait("defect", "D28")]
    public async Task A_client_that_makes_room_for_another_is_told()
    {
        await using var range = await EsetRange.StartAsync();
        await using var pool = new ClientPool(1, TimeSpan.FromMinutes(30), range.Time);
        var connector = new EsetConnector();
        foreach (var user in new[] { "first@contoso.example", "second@contoso.example" })
            await using (await pool.LeaseAsync(user, () => connector.Connect(range.Settings() with { User = user }, range.Context())))
                continue;

        Assert.StartsWith("ESET cloud: the client of first@contoso.example is let go", Assert.Single(range.Log.Of("client_closed")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_came_to_no_tenant_has_no_deployment()
    {
        using var scrape = new Scrape();
        await using var range = await EsetRange.StartAsync();
        await using var gate = await range.GateAsync();

        await gate.CallAsync(List, """{"tenant":"nobody"}""");

        Assert.Single(scrape.Lines("""esetmcp_tool_calls_total{deployment="unknown",status="error",tool="eset_device_groups_list"}"""));
    }

    [Fact]
    public async Task A_console_is_named_when_it_is_first_asked_and_its_requests_carry_its_ids()
    {
        using var log = new LogLines();
        await using var range = await EsetRange.StartAsync();
        var settings = range.Settings(EsetDeployment.Onprem) with { CloudflareAccess = new CloudflareToken(new Secret("edge-id-0001"), new Secret("edge-secret-0001")) };
        await using var client = (EsetClient)new EsetConnector().Connect(settings, range.Context() with { Loggers = log });

        await range.CallAsync(client, List, "{}");

        Assert.Contains(range.Address, Assert.Single(log.Of("onprem_default")), StringComparison.Ordinal);
        Assert.Single(log.Of("eset-access-attached"));
        Assert.Contains("of GetTokens answered 200", log.Of("http_request_complete").First(), StringComparison.Ordinal);
        Assert.Contains("onprem: token for", Assert.Single(log.Of("token_refresh")), StringComparison.Ordinal);
    }
}
