using System.Collections.Concurrent;
using System.Text.Json;
using Sallyport.Connectors.Defender;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Tenancy;
using Sallyport.Simulator.Defender;
using Sallyport.Simulator.Faults;
using Sallyport.Tests.Gateway;

namespace Sallyport.Tests.Connectors.Defender;

/// <summary>Many tenants through the whole gate: nobody's trouble is another's, and nothing is mixed up.</summary>
public sealed class DefenderTenantsTests
{
    private const string AllDevices = """{"query":"DeviceInfo | take 3 | project DeviceId","timespan":"P30D","tenant":"*"}""";

    [Fact(Timeout = 120_000)]
    public async Task Fifty_tenants_answer_while_five_are_slow_five_refuse_and_five_throttle()
    {
        await using var range = await DefenderRange.StartAsync();
        var tenants = Tenants(range, 50);
        var release = new TaskCompletionSource();
        foreach (var (number, tenant) in tenants)
        {
            tenant.Fault = number switch
            {
                < 5 => FaultStep.Hold(release.Task),
                < 10 => FaultStep.Status(403),
                < 15 => FaultStep.Throttle(0),
                _ => null,
            };
        }

        await using var gateway = await StartAsync(range, tenants, atOnce: 20);
        // The slow ones are let go only when every other tenant has its answer, so a tenant that waits for another would hang.
        var others = new Counter(() => release.TrySetResult(), after: 45);
        var outcome = await gateway.CallAsync("defender_hunting_query", AllDevices, others, TestContext.Current.CancellationToken);

        var results = JsonDocument.Parse(Assert.IsType<ToolOutcome.Succeeded>(outcome).Json).RootElement.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(50, results.Count);
        Assert.Equal(5, results.Count(entry => Code(entry) == "upstream_forbidden"));
        Assert.Equal(5, results.Count(entry => Code(entry) == "upstream_throttled"));
        Assert.Equal(40, results.Count(entry => entry.TryGetProperty("result", out _)));
        Assert.Equal(50, range.TokensAsked.Count);
        Assert.Equal(50, range.Asked.Select(entry => entry.TokenId).Distinct().Count());
    }

    [Fact(Timeout = 120_000)]
    public async Task Five_throttled_tenants_do_not_hold_up_the_others_of_a_fan_out_of_five()
    {
        var clock = new FakeClock();
        await using var range = await DefenderRange.StartAsync();
        var tenants = Tenants(range, 50);
        foreach (var (number, tenant) in tenants.Take(10))
            tenant.Fault = number < 5 ? FaultStep.Throttle(30) : FaultStep.Status(403);
        await using var gateway = await StartAsync(range, tenants, atOnce: 5, clock);

        // Time stands still until every other tenant is done; then the throttled ones wait three times, all at once.
        var othersDone = new TaskCompletionSource();
        var call = gateway.CallAsync("defender_hunting_query", AllDevices, new Counter(othersDone.SetResult, after: 45), TestContext.Current.CancellationToken);
        await othersDone.Task;
        var started = clock.GetUtcNow();
        for (var wait = 0; wait < 3; wait++)
        {
            await clock.TimersSetAsync(TimeSpan.FromSeconds(30), 5);
            clock.Advance(TimeSpan.FromSeconds(30));
        }

        var results = JsonDocument.Parse(Assert.IsType<ToolOutcome.Succeeded>(await call).Json).RootElement.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal((40, 5, 5), (results.Count(entry => entry.TryGetProperty("result", out _)), results.Count(entry => Code(entry) == "upstream_forbidden"), results.Count(entry => Code(entry) == "upstream_throttled")));
        Assert.Equal(TimeSpan.FromSeconds(90), clock.GetUtcNow() - started);
    }

    [Fact]
    public async Task Labels_come_from_settings_whatever_a_tenant_calls_itself()
    {
        await using var range = await DefenderRange.StartAsync();
        var tenants = Tenants(range, 3);
        tenants[0].Tenant.TitleNote = " (tenant t02)";
        await using var gateway = await StartAsync(range, tenants, atOnce: 5);

        var result = await gateway.ResultAsync("defender_incident_get", """{"incident_id":"2972395","tenant":"*"}""");

        var labels = result.GetProperty("results").EnumerateArray().ToDictionary(entry => entry.GetProperty("tenant").GetString()!, entry => entry.GetRawText());
        Assert.Equal(["t00", "t01", "t02"], labels.Keys.Order());
        Assert.Contains("(tenant t02)", labels["t00"], StringComparison.Ordinal);
        Assert.DoesNotContain("(tenant t02)", labels["t02"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_called_default_that_is_not_the_default_has_credentials_and_data_of_its_own()
    {
        await using var range = await DefenderRange.StartAsync();
        var other = range.Controls.AddTenant();
        (range.Tenant.TitleNote, other.TitleNote) = (" (first)", " (other)");
        await using var gateway = await TestGateway.StartAsync(
            [new DefenderConnector()],
            [Of("contoso", range.Settings()), Of("default", range.Settings(other))],
            new TestGatewayOptions { UsesRealTime = true, DefaultTenant = "contoso" });

        foreach (var (arguments, title) in new[] { ("{\"limit\":1}", "(first)"), ("{\"limit\":1,\"tenant\":\"contoso\"}", "(first)"), ("{\"limit\":1,\"tenant\":\"default\"}", "(other)") })
            Assert.Contains(title, (await gateway.ResultAsync("list_alerts", arguments)).GetRawText(), StringComparison.Ordinal);

        Assert.Equal([$"/{range.Tenant.TenantId}/oauth2/v2.0/token", $"/{other.TenantId}/oauth2/v2.0/token"], range.TokensAsked.Select(entry => entry.Path));
    }

    [Fact]
    public async Task A_tenant_nobody_has_and_one_not_granted_are_refused_alike_and_nothing_is_asked()
    {
        await using var range = await DefenderRange.StartAsync();
        await using var gateway = await StartAsync(range, Tenants(range, 2), atOnce: 5);
        gateway.Caller = Gateway.Some.Caller("reader", "agent", "t00");

        var missing = await gateway.CallAsync("defender_alerts_list", """{"tenant":"zugzwang"}""");
        var forbidden = await gateway.CallAsync("defender_alerts_list", """{"tenant":"t01"}""");

        Assert.Equal(missing.Problem!.Message, forbidden.Problem!.Message);
        Assert.Equal((missing.Problem.Code, missing.Problem.Hint), (forbidden.Problem.Code, forbidden.Problem.Hint));
        Assert.DoesNotContain("zugzwang", missing.Problem.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, range.Journal.Total);
    }

    [Fact]
    public async Task One_tenants_open_circuit_leaves_the_others_alone()
    {
        await using var range = await DefenderRange.StartAsync();
        var tenants = Tenants(range, 2);
        tenants[0].Tenant.Fault = FaultStep.Html();
        await using var gateway = await StartAsync(range, tenants, atOnce: 5);
        for (var i = 0; i < 20 && (await gateway.CallAsync("defender_hunting_query", """{"query":"print 1","tenant":"t00"}""")).Problem!.Code != ErrorCode.CircuitOpen; i++)
        {
        }

        Assert.Equal(ErrorCode.CircuitOpen, (await gateway.CallAsync("defender_hunting_query", """{"query":"print 1","tenant":"t00"}""")).Problem!.Code);
        Assert.IsType<ToolOutcome.Succeeded>(await gateway.CallAsync("defender_hunting_query", """{"query":"print 1","tenant":"t01"}"""));
    }

    [Theory]
    [InlineData("defender_alerts_list", """{"limit":0}""")]
    [InlineData("defender_alerts_list", """{"limit":101}""")]
    [InlineData("defender_alerts_list", """{"limit":-1}""")]
    [InlineData("defender_alerts_list", """{"limit":"5"}""")]
    [InlineData("defender_alerts_list", """{"limit":true}""")]
    [InlineData("list_alerts", """{"severity":"high"}""")]
    [InlineData("list_alerts", """{"status":"zugzwang"}""")]
    [InlineData("get_incident", """{"incident_id":"../../etc/passwd"}""")]
    [InlineData("query_advanced_hunting", """{"query":"print 1","timespan":"yesterday"}""")]
    [InlineData("query_advanced_hunting", """{"query":".drop table zugzwang"}""")]
    [InlineData("query_advanced_hunting", """{"query":"print 1","zugzwang":1}""")]
    [InlineData("defender_device_isolate", """{"device_id":"ws-37","comment":"because"}""")]
    public async Task Arguments_out_of_bounds_are_refused_without_echo_before_anything_is_asked(string tool, string arguments)
    {
        await using var range = await DefenderRange.StartAsync();
        await using var gateway = await StartAsync(range, Tenants(range, 1), atOnce: 5);

        var outcome = await gateway.CallAsync(tool, arguments);

        Assert.Equal(ErrorCode.InvalidArguments, outcome.Problem!.Code);
        if (!arguments.Contains("\"zugzwang\":", StringComparison.Ordinal))
            Assert.DoesNotContain("zugzwang", outcome.Problem.Message, StringComparison.Ordinal);
        Assert.Equal(0, range.Journal.Total);
    }

    [Fact]
    public async Task A_long_hunt_is_handed_over_in_parts_and_loses_no_row()
    {
        await using var range = await DefenderRange.StartAsync();
        await using var gateway = await StartAsync(range, Tenants(range, 1), atOnce: 5);
        HashSet<long> seen = [];
        string? cursor = null;
        do
        {
            var part = await gateway.ResultAsync("defender_hunting_query", JsonSerializer.Serialize(new Dictionary<string, object?> { ["query"] = "SimRows | where Number < 900", ["cursor"] = cursor }.Where(pair => pair.Value is not null).ToDictionary()));
            Assert.Equal(3, part.GetProperty("schema").GetArrayLength());
            Assert.Equal(900, part.GetProperty("metadata").GetProperty("row_count").GetInt32());
            var rows = part.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("Number").GetInt64()).ToList();
            Assert.All(rows, number => Assert.True(seen.Add(number)));
            cursor = part.TryGetProperty("_capped", out var capped) && capped.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(900, seen.Count);
        Assert.InRange(range.Asked.Count, 2, 10);
    }

    [Fact]
    public async Task Hostile_text_reaches_the_model_without_what_nobody_sees()
    {
        await using var range = await DefenderRange.StartAsync();
        range.Faults.Set(Fault.HostileText);
        await using var gateway = await StartAsync(range, Tenants(range, 1), atOnce: 5);

        var outcome = await gateway.CallAsync("defender_hunting_query", """{"query":"print x = 'a\u202eb', y = 'e\u0301 \u6f22 \ud83e\udd8a'"}""");
        var incident = (await gateway.ResultAsync("defender_incident_get", """{"incident_id":"2972397"}""")).GetRawText();

        Assert.Contains("ab", System.Text.Encoding.UTF8.GetString(((ToolOutcome.Succeeded)outcome).Json.Span), StringComparison.Ordinal);
        Assert.DoesNotContain(incident, character => char.GetUnicodeCategory(character) is System.Globalization.UnicodeCategory.Format);
    }

    private static List<(int Number, SimulatedTenant Tenant)> Tenants(DefenderRange range, int count)
        => [.. Enumerable.Range(0, count).Select(number => (number, number == 0 ? range.Tenant : range.Controls.AddTenant()))];

    private static Task<TestGateway> StartAsync(DefenderRange range, List<(int Number, SimulatedTenant Tenant)> tenants, int atOnce, FakeClock? clock = null) => TestGateway.StartAsync(
        [new DefenderConnector()],
        [.. tenants.Select(tenant => new Tenant($"t{tenant.Number:00}", IsReadOnly: false, new Dictionary<string, object> { ["defender"] = range.Settings(tenant.Tenant) }))],
        new TestGatewayOptions { TenantsAtOnce = atOnce, UsesRealTime = clock is null, Clock = clock, DefaultTenant = "t00" });

    private static Tenant Of(string id, DefenderSettings settings) => new(id, IsReadOnly: false, new Dictionary<string, object> { ["defender"] = settings });

    private static string? Code(JsonElement entry) => entry.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null;

    /// <summary>Counts tenants that are done.</summary>
    private sealed class Counter(Action then, int after) : IProgress<ToolProgress>
    {
        private readonly ConcurrentDictionary<double, bool> _seen = new();

        public void Report(ToolProgress value)
        {
            _seen.TryAdd(value.Done, true);
            if (_seen.Count == after)
                then();
        }
    }
}
