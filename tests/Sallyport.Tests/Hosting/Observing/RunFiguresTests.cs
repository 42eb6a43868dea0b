using System.Diagnostics.Metrics;
using System.Text.Json;
using Sallyport.Core;
using Sallyport.Core.Observability;
using Sallyport.Gateway.Events;
using Sallyport.Hosting.Observing;
using Sallyport.Tests.Gateway;

namespace Sallyport.Tests.Hosting.Observing;

public sealed class RunFiguresTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly RunFigures _figures;

    public RunFiguresTests() => _figures = new RunFigures(_clock);

    public void Dispose() => _figures.Dispose();

    [Fact]
    public async Task Calls_are_counted_by_how_they_ended()
    {
        await using var gateway = await TestGateway.StartAsync(
            TestConnector.Reading("figured_things_list"), TestConnector.Failing(new UpstreamException(UpstreamFailure.Timeout, "Late."), "figured_slow_get"));

        await gateway.CallAsync("figured_things_list");
        await gateway.CallAsync("figured_things_list");
        await gateway.CallAsync("figured_things_list", """{"id":"seven"}""");
        await gateway.CallAsync("figured_slow_get");

        var list = Tool("figured_things_list");
        Assert.Equal((2, 2, 0, 1, 100.0), (Count(list, "execution_count"), Count(list, "success_count"), Count(list, "failure_count"), Count(list, "refused_count"), list.GetProperty("success_rate").GetDouble()));
        var slow = Tool("figured_slow_get");
        Assert.Equal((1, 1, 0, 100.0), (Count(slow, "failure_count"), Count(slow, "timeout_count"), Count(slow, "error_count"), slow.GetProperty("recent_failure_rate").GetDouble()));
        Assert.Equal("figured_slow_get", slow.GetProperty("tool_name").GetString());
    }

    [Fact]
    public void Percentiles_are_of_the_last_thousand_runs_and_not_of_the_slowest()
    {
        using var meter = new Meter(Telemetry.Name);
        var durations = meter.CreateHistogram<double>("mcp_tool_execution_seconds");
        for (var run = 0; run < 1_000; run++)
            Record(60);
        for (var run = 1; run <= 1_000; run++)
            Record(run / 1000.0);

        var runs = Tool("figured_by_hand");
        Assert.Equal((0.5, 0.95, 0.99), (runs.GetProperty("p50_execution_time").GetDouble(), runs.GetProperty("p95_execution_time").GetDouble(), runs.GetProperty("p99_execution_time").GetDouble()));
        Assert.Equal((0.001, 60), (runs.GetProperty("min_execution_time").GetDouble(), runs.GetProperty("max_execution_time").GetDouble()));

        void Record(double seconds) => durations.Record(seconds, new("tool", "figured_by_hand"), new("outcome", "success"));
    }

    [Fact]
    public void The_gate_as_a_whole_is_there_too()
    {
        var events = new GateEvents(_clock);
        _clock.Advance(TimeSpan.FromSeconds(12));
        using var watching = events.Watch(lastSeen: null);

        var whole = JsonElement.Parse(_figures.Render(events, static _ => 3).Span);

        var system = whole.GetProperty("system");
        Assert.Equal((12.0, 0, 1), (system.GetProperty("uptime_seconds").GetDouble(), Count(system, "request_count"), Count(system, "active_connections")));
        Assert.True(whole.GetProperty("prometheus_available").GetBoolean());
        Assert.Equal(whole.GetProperty("tools").EnumerateObject().Count(), Count(whole, "total_tools_tracked"));
        Assert.True(Count(whole, "max_tools") >= Count(whole, "total_tools_tracked"));
    }

    private JsonElement Tool(string name) => JsonElement.Parse(_figures.Render(new GateEvents(_clock), static _ => 0).Span).GetProperty("tools").GetProperty(name);

    private static int Count(JsonElement runs, string member) => runs.GetProperty(member).GetInt32();
}
