using System.Text.RegularExpressions;
using Sallyport.Connectors.Network;
using Sallyport.Connectors.Network.Custom;
using Sallyport.Tests.Gateway;
using Sallyport.Tests.Hosting.Observing;

namespace Sallyport.Tests.Connectors.Network;

/// <summary>What is counted about network tools. Other tests count into the same series.</summary>
public sealed partial class NetworkMetricsTests
{
    private static readonly CustomToolSettings Chatty = new(
        "net_chatter_show", "Prints more than is kept.", "seq", FixedArguments: ["1", "9999"], Target: TargetPosition.None, MaxOutputBytes: 4096);

    [Fact]
    public async Task A_refused_target_is_counted_by_the_reason_and_never_named()
    {
        using var scrape = new Scrape();
        await using var gateway = await StartAsync();

        await gateway.CallAsync("net_host_ping", """{"target":"8.8.4.4"}""");
        await gateway.CallAsync("net_host_ping", """{"target":"10.0.0.0/24"}""");
        await gateway.CallAsync("net_host_ping", """{"target":"10.9.9.9"}""");
        await gateway.CallAsync("net_host_ping", """{"target":"http://x/"}""");

        var counted = scrape.Lines("mcp_targets_refused_total{").ToList();
        Assert.All((string[])["not_allowed", "too_large", "denied", "malformed"], reason => Assert.Contains(counted, line => line.StartsWith($$"""mcp_targets_refused_total{reason="{{reason}}"} """, StringComparison.Ordinal)));
        Assert.All(counted, line => Assert.Matches(ReasonAlone(), line));
    }

    [Fact]
    public async Task A_program_that_prints_more_than_is_kept_is_counted_under_its_tool()
    {
        using var scrape = new Scrape();
        await using var gateway = await StartAsync();

        var result = await gateway.ResultAsync(Chatty.Name);

        Assert.True(result.GetProperty("truncated_stdout").GetBoolean());
        Assert.Equal(["""mcp_tool_output_truncated_total{stream="stdout",tool="net_chatter_show"} 1"""], scrape.Lines("net_chatter_show").Where(line => line.Contains("truncated", StringComparison.Ordinal)));
    }

    private static async Task<TestGateway> StartAsync()
    {
        var gateway = await TestGateway.StartAsync(
            new NetworkConnector(), new NetworkSettings(AllowedTargets: ["10.0.0.0/8"], DeniedTargets: ["10.9.9.9"], CustomTools: [Chatty]), new TestGatewayOptions { UsesRealTime = true });
        gateway.Caller = gateway.Caller with { Role = "scanner" };
        return gateway;
    }

    [GeneratedRegex("^mcp_targets_refused_total\\{reason=\"[a-z_]+\"\\} [0-9]+$")]
    private static partial Regex ReasonAlone();
}
