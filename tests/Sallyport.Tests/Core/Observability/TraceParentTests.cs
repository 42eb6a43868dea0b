using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Core;
using Sallyport.Core.Http;
using Sallyport.Core.Observability;
using Sallyport.Tests.Core.Http;

namespace Sallyport.Tests.Core.Observability;

[Collection(TraceListeners.Name)]
public sealed class TraceParentTests
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01")]
    [InlineData("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\nX-Forged: 1")]
    public void What_is_not_trace_context_is_not_taken(string? parent) => Assert.Null(TraceParent.Read(parent, null));

    [Theory]
    [InlineData("vendor=1,other=2", "vendor=1,other=2")]
    [InlineData("vendor=1\r\nX-Forged: 1", null)]
    [InlineData("vendör=1", null)]
    [InlineData("", null)]
    public void State_is_taken_when_it_can_stand_in_a_header(string state, string? taken) => Assert.Equal(taken, TraceParent.Read(Parent, state)!.Value.TraceState);

    [Fact]
    public void State_that_is_too_long_is_left_out() => Assert.Null(TraceParent.Read(Parent, "vendor=" + new string('x', 600))!.Value.TraceState);

    [Fact]
    public async Task A_carried_context_reaches_the_platform_as_it_came()
    {
        var (parent, state) = await HeadersAsync(() => TraceParent.Carry(TraceParent.Read(Parent, "vendor=1")!.Value));

        Assert.EndsWith("0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", parent, StringComparison.Ordinal);
        Assert.Equal("vendor=1", state);
    }

    [Fact]
    public async Task A_recorded_request_is_a_span_that_the_platform_sees_as_its_parent()
    {
        List<Activity> spans = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == Telemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => { lock (spans) spans.Add(span); },
        };
        ActivitySource.AddActivityListener(listener);

        var (parent, _) = await HeadersAsync(static () => null);

        // Requests of other tests are heard too, and may still be going on.
        List<Activity> heard;
        lock (spans) heard = [.. spans];
        var span = Assert.Single(heard, span => parent == span.Id);
        Assert.Equal("GET Traced", span.DisplayName);
        Assert.Equal(ActivityKind.Client, span.Kind);
        Assert.Equal(200, span.GetTagItem("http.response.status_code"));
        Assert.DoesNotContain(span.TagObjects, tag => tag.Value?.ToString()?.Contains("canary", StringComparison.Ordinal) == true);
    }

    /// <summary>The trace headers of one request that is sent while the activity is the current one.</summary>
    private static async Task<(string? Parent, string? State)> HeadersAsync(Func<Activity?> begin)
    {
        (string?, string?) seen = default;
        await using var server = await ScriptedServer.StartAsync((http, _) =>
        {
            seen = (http.Request.Headers.TraceParent, http.Request.Headers.TraceState);
            return http.Response.WriteAsync("{}");
        });
        using var upstream = new UpstreamHttp(
            new UpstreamHttpOptions { Name = "Traced", Addresses = AddressRule.Any, MaxRetries = 0 }, new UpstreamContext("contoso", TimeProvider.System, NullLoggerFactory.Instance, "", true));
        using (begin())
            await (await upstream.SendAsync(UpstreamRequest.Get(new Uri(server.Address, "/canary-path?canary=query")), TestContext.Current.CancellationToken)).DisposeAsync();
        return seen;
    }
}
