using System.Text;

namespace Sallyport.EndToEnd.Observing;

public sealed class OtlpTests
{
    private const string Traces = "/v1/traces";
    private const string Metrics = "/v1/metrics";
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_and_its_requests_to_the_platform_reach_the_collector_as_one_trace_of_the_caller(bool isInMessage)
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var gate = await ObservedGate.StartAsync($"metrics: false, otlp: '{collector.Address}'", ("OTEL_BSP_SCHEDULE_DELAY", "100"));

        await CallAsync(gate, isInMessage);
        await collector.WaitForAsync(Traces, "tools/call vectra_detections_list", Cancel);
        await gate.EndAsync(Cancel);

        var sent = collector.Text(Traces);
        Assert.Contains("POST Vectra", sent, StringComparison.Ordinal);
        Assert.Contains("sallyport.gates", sent, StringComparison.Ordinal);
        Assert.Contains("upstream_unavailable", sent, StringComparison.Ordinal);
        Assert.True(collector.Has(Traces, Convert.FromHexString(TraceId)), "The spans are not part of the caller's trace.");
        Assert.DoesNotContain("canary", sent + collector.Text(Metrics), StringComparison.Ordinal);
        // What was counted goes out at the latest when the program ends.
        Assert.Contains("mcp_tool_execution_total", collector.Text(Metrics), StringComparison.Ordinal);
    }

    private static async Task CallAsync(ObservedGate gate, bool isInMessage)
    {
        var trace = $"00-{TraceId}-b7ad6b7169203331-01";
        var meta = isInMessage ? $",\"traceparent\":\"{trace}\"" : "";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(
                $$$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}{{{{meta}}}}},"name":"vectra_detections_list","arguments":{}}}""",
                Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Accept", "application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        request.Headers.Add("Mcp-Method", "tools/call");
        request.Headers.Add("Mcp-Name", "vectra_detections_list");
        if (!isInMessage)
            request.Headers.Add("traceparent", trace);
        using var answer = await gate.Client.SendAsync(request, Cancel);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }
}
