using System.Text.RegularExpressions;
using Sallyport.Core;
using Sallyport.Gateway.Policy;
using Sallyport.Tests.Hosting.Observing;

namespace Sallyport.Tests.Gateway.Observability;

public sealed partial class CallMetricsTests
{
    [Fact]
    public async Task Every_call_is_counted_once_under_how_it_ended()
    {
        using var scrape = new Scrape();
        await using var gateway = await TestGateway.StartAsync(
            new TestConnector([
                TestConnector.Reading("counted_things_list"),
                TestConnector.Failing(new UpstreamException(UpstreamFailure.Timeout, "Late."), "counted_slow_get"),
                TestConnector.Failing(new InvalidOperationException("bug"), "counted_bug_get"),
                TestConnector.Writing("counted_thing_change"),
            ]),
            new object(), new TestGatewayOptions { Mutations = new RateLimit(1, TimeSpan.FromMinutes(1)) });

        await gateway.CallAsync("counted_things_list");
        await gateway.CallAsync("counted_things_list");
        await gateway.CallAsync("counted_things_list", """{"id":"seven"}""");
        await gateway.CallAsync("counted_slow_get");
        await gateway.CallAsync("counted_bug_get");
        await gateway.CallAsync("counted_thing_change");
        await gateway.CallAsync("counted_thing_change");

        Assert.Equal(
            [
                """mcp_tool_execution_total{error_type="internal",status="failure",tool="counted_bug_get"} 1""",
                """mcp_tool_execution_total{error_type="invalid_arguments",status="refused",tool="counted_things_list"} 1""",
                """mcp_tool_execution_total{error_type="none",status="success",tool="counted_thing_change"} 1""",
                """mcp_tool_execution_total{error_type="none",status="success",tool="counted_things_list"} 2""",
                """mcp_tool_execution_total{error_type="rate_limited",status="refused",tool="counted_thing_change"} 1""",
                """mcp_tool_execution_total{error_type="upstream_timeout",status="failure",tool="counted_slow_get"} 1""",
            ],
            scrape.Lines("mcp_tool_execution_total{").Where(line => line.Contains("counted_", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(["mcp_rate_limited_total{tool=\"counted_thing_change\"} 1"], scrape.Lines("mcp_rate_limited_total{tool=\"counted"));
        Assert.Contains("""mcp_tool_execution_seconds_count{outcome="success",tool="counted_things_list"} 2""", scrape.Text(), StringComparison.Ordinal);
        Assert.Equal(2, scrape.Lines("mcp_tool_errors_total{").Count(line => line.Contains("counted_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Whatever_a_client_sends_makes_no_new_series()
    {
        using var scrape = new Scrape();
        await using var gateway = await TestGateway.StartAsync(TestConnector.Reading("bounded_things_list"));
        await gateway.CallAsync("bounded_things_list");
        await gateway.CallAsync("never_there_0");
        await gateway.CallAsync("bounded_things_list", """{"stowaway_0":1,"tenant":"stowaway_0"}""");
        var before = scrape.Lines("mcp_").Count(line => Mine().IsMatch(line));

        for (var number = 1; number < 500; number++)
        {
            await gateway.CallAsync($"never_there_{number}\"}}\n{{");
            await gateway.CallAsync("bounded_things_list", $$"""{"stowaway_{{number}}":"stowaway","tenant":"stowaway_{{number}}"}""");
        }

        Assert.Equal(before, scrape.Lines("mcp_").Count(line => Mine().IsMatch(line)));
        Assert.DoesNotContain("never_there", scrape.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("stowaway", scrape.Text(), StringComparison.Ordinal);
        Assert.Contains("""mcp_tool_execution_total{error_type="unknown_tool",status="refused",tool="unknown"}""", scrape.Text(), StringComparison.Ordinal);
    }

    [GeneratedRegex("tool=\"(bounded_things_list|unknown)\"")]
    private static partial Regex Mine();
}
