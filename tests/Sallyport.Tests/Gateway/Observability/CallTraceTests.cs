using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Sallyport.Core;
using Sallyport.Core.Observability;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Tests.Gateway.Observability;

[Collection(TraceListeners.Name)]
public sealed class CallTraceTests : IDisposable
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public CallTraceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == Telemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_call_is_one_span_of_the_callers_trace_and_says_what_each_gate_decided()
    {
        await using var gateway = await TestGateway.StartAsync(TestConnector.Writing("traced_thing_change"));
        gateway.Caller = Some.Caller(role: "reader");

        await CallAsync(gateway, "traced_thing_change", """{"note":"canary-of-the-arguments"}""");

        var span = Assert.Single(Spans("traced_thing_change"));
        Assert.Equal(("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"), (span.TraceId.ToHexString(), span.ParentSpanId.ToHexString()));
        Assert.Equal("tools/call traced_thing_change", span.DisplayName);
        Assert.Equal("switched-off", span.GetTagItem("sallyport.gates"));
        Assert.Equal("forbidden", span.GetTagItem("sallyport.gate.role"));
        Assert.Equal("refused", span.GetTagItem("sallyport.outcome"));
        Assert.Equal("forbidden", span.GetTagItem("error.type"));
        Assert.DoesNotContain(span.TagObjects, tag => tag.Value?.ToString()?.Contains("canary", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Gates_that_allowed_are_named_and_a_failed_call_is_an_error()
    {
        await using var gateway = await TestGateway.StartAsync(TestConnector.Failing(new UpstreamException(UpstreamFailure.Throttled, "Slow down."), "traced_fails_get"));

        await gateway.CallAsync("traced_fails_get");

        var span = Assert.Single(Spans("traced_fails_get"));
        Assert.Equal("switched-off role mode arguments rate-limit approval", span.GetTagItem("sallyport.gates"));
        Assert.DoesNotContain(span.TagObjects, tag => tag.Key.StartsWith("sallyport.gate.", StringComparison.Ordinal));
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal(default, span.ParentSpanId);
    }

    [Fact]
    public async Task A_question_to_all_tenants_is_one_span_with_one_for_each_tenant_in_it()
    {
        var connector = new TestConnector([TestConnector.Reading("traced_all_list")]);
        await using var gateway = await TestGateway.StartAsync([connector], (Tenant[])[Some.Tenant(id: "contoso"), Some.Tenant(id: "fabrikam")]);

        await CallAsync(gateway, "traced_all_list", """{"tenant":"*"}""");

        var calls = Spans("traced_all_list").ToList();
        Assert.Equal(["contoso", "fabrikam"], calls.Select(span => (string)span.GetTagItem("sallyport.tenant")!).Order());
        var joint = Assert.Single(_spans, span => span.SpanId == calls[0].ParentSpanId);
        Assert.All(calls, span => Assert.Equal(joint.SpanId, span.ParentSpanId));
        Assert.Equal("b7ad6b7169203331", joint.ParentSpanId.ToHexString());
    }

    private static Task<ToolOutcome> CallAsync(TestGateway gateway, string tool, string arguments) => gateway.Pipeline.RunAsync(
        new ToolCallRequest(gateway.Caller, tool, Encoding.UTF8.GetBytes(arguments)) { Trace = TraceParent.Read(Parent, "vendor=1") }, CancellationToken.None);

    private IEnumerable<Activity> Spans(string tool) => _spans.Where(span => tool.Equals(span.GetTagItem("gen_ai.tool.name")));
}
