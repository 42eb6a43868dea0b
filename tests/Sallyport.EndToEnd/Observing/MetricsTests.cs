using System.Net;

namespace Sallyport.EndToEnd.Observing;

public sealed class MetricsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_real_promtool_finds_nothing_wrong_with_the_page()
    {
        Assert.SkipWhen(Promtool.Missing is not null, Promtool.Missing ?? "");
        using var gate = await ObservedGate.StartAsync("metrics: true");
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
    public async Task Nobody_reads_metrics_without_a_token_and_nobody_at_all_when_they_are_off()
    {
        using var gate = await ObservedGate.StartAsync("metrics: false");
        Assert.Equal(HttpStatusCode.NotFound, (await gate.Client.GetAsync("/metrics", Cancel)).StatusCode);
        gate.Client.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(HttpStatusCode.Unauthorized, (await gate.Client.GetAsync("/metrics", Cancel)).StatusCode);
    }
}
