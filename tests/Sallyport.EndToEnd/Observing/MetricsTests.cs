using System.Net;
using System.Text.Json;
using Sallyport.EndToEnd.Callers;

namespace Sallyport.EndToEnd.Observing;

public sealed class MetricsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_real_promtool_finds_nothing_wrong_with_the_page()
    {
        Assert.SkipWhen(Promtool.Missing is not null, Promtool.Missing ?? "");
        await using var gate = await ObservedGate.StartAsync("metrics: true");
        await gate.CallAsync("net_dns_lookup", """{"name":"localhost"}""", Cancel);
        await gate.CallAsync("vectra_detections_list", "{}", Cancel);
        await gate.CallAsync("no_such_tool", "{}", Cancel);

        var answer = await gate.Client.GetAsync("/metrics", Cancel);
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        var (exit, said) = await Promtool.RunAsync(page, Cancel, "check", "metrics");

        Assert.Equal((0, ""), (exit, said));
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Contains("mcp_tool_execution_total{error_type=\"unknown_tool\",status=\"refused\",tool=\"unknown\"} 1", page, StringComparison.Ordinal);
        Assert.Contains("sallyport_upstream_request_seconds_count{platform=\"Vectra\",status=\"unavailable\",tenant=\"default\"}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_has_the_series_of_the_reference_servers_and_promtool_accepts_them()
    {
        Assert.SkipWhen(Promtool.Missing is not null, Promtool.Missing ?? "");
        using var demo = await DemoGate.StartAsync();
        await demo.CallAsync("eset_device_groups_list", "{}", Cancel);
        await demo.CallAsync("net_host_ping", """{"target":"8.8.8.8"}""", Cancel);
        // The first reading has health looked at, the second one finds it.
        await demo.Client.GetStringAsync("/metrics", Cancel);
        await demo.Client.GetStringAsync("/health", Cancel);

        var page = await demo.Client.GetStringAsync("/metrics", Cancel);
        var (exit, said) = await Promtool.RunAsync(page, Cancel, "check", "metrics");

        Assert.Equal((0, ""), (exit, said));
        string[] expected =
        [
            "esetmcp_tool_calls_total", "esetmcp_tool_duration_seconds", "esetmcp_token_refresh_total", "esetmcp_response_bytes", "esetmcp_client_pool_size",
            "mcp_tool_execution_total", "mcp_tool_execution_seconds", "mcp_tool_active", "mcp_health_status", "mcp_targets_refused_total",
            "circuit_breaker_state", "circuit_breaker_calls_total", "sallyport_audit_records_total", "sallyport_upstream_request_seconds", "process_cpu_seconds_total",
        ];
        Assert.All(expected, name => Assert.Contains($"# TYPE {name} ", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_reference_servers_own_port_for_metrics_is_served_on_this_machine()
    {
        const string Token = "observed-token-0123456789";
        var program = new SallyportProgram();
        var port = ServedGate.FreePort();
        program.Variables["MCP_METRICS_PROMETHEUS_PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        program.Variables["MCP_ROLE_PROMETHEUS"] = $"{Token}:reader";
        await using var gate = await ServedGate.StartAsync(program, "", "127.0.0.1:0", Cancel);

        using var page = await gate.SendAsync(HttpMethod.Get, $"http://127.0.0.1:{port}/metrics", Token, Cancel);
        using var tools = await gate.SendAsync(HttpMethod.Get, $"http://127.0.0.1:{port}/tools", Token, Cancel);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (page.StatusCode, tools.StatusCode));
        Assert.Contains("sallyport_", await page.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains($"Serving metrics at http://127.0.0.1:{port}/metrics", gate.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_for_JSON_is_told_how_each_tool_went()
    {
        await using var gate = await ObservedGate.StartAsync("metrics: true");
        await gate.CallAsync("net_dns_lookup", """{"name":"localhost"}""", Cancel);
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { { "Accept", "application/json" } } };

        using var answer = await gate.Client.SendAsync(asked, Cancel);
        var whole = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement;

        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(1, whole.GetProperty("system").GetProperty("request_count").GetInt32());
        Assert.Equal("net_dns_lookup", Assert.Single(whole.GetProperty("tools").EnumerateObject()).Name);
    }

    [Fact]
    public async Task Nobody_reads_metrics_without_a_token_and_nobody_at_all_when_they_are_off()
    {
        await using var gate = await ObservedGate.StartAsync("metrics: false");
        Assert.Equal(HttpStatusCode.NotFound, (await gate.Client.GetAsync("/metrics", Cancel)).StatusCode);
        gate.Client.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(HttpStatusCode.Unauthorized, (await gate.Client.GetAsync("/metrics", Cancel)).StatusCode);
    }
}
