using Sallyport.Connectors.Network;
using Sallyport.Connectors.Network.Custom;
using Sallyport.Connectors.Network.Running;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Tests.Connectors.Network.Running;

/// <summary>What operators are told of how each network tool runs.</summary>
public sealed class RunFactsTests
{
    private readonly IConnector _connector = new NetworkConnector();

    [Fact]
    public void A_scan_has_its_templates_places_time_and_what_it_may_use()
    {
        var runs = Of("net_ports_scan", new NetworkSettings(ScanSeconds: 900, MaxSeconds: 600, ScanConcurrency: 2, MaxMemoryMegabytes: 256, AllowIntrusive: true))!;

        Assert.Equal((2, TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(600), 1024, (bool?)true), (runs.Concurrency, runs.Timeout, runs.LongestTimeout, runs.MostAddresses, runs.AllowsIntrusive));
        Assert.Equal(["quick", "standard", "thorough", "discovery", "version", "script"], runs.Templates);
        Assert.Equal(256L * 1024 * 1024, runs.Program!.AddressSpaceBytes);
    }

    [Theory]
    [InlineData("net_dns_lookup", 30, 5, false)]
    [InlineData("net_host_ping", 12, 2, true)]
    [InlineData("net_route_trace", 60, 3, true)]
    [InlineData("net_tls_inspect", 30, 5, false)]
    public void A_look_up_runs_as_the_operator_says_and_else_as_it_says_itself(string tool, int seconds, int concurrency, bool startsProgram)
    {
        var runs = Of(tool, new NetworkSettings(Ping: new RunLimits(12, 2)))!;

        Assert.Equal((TimeSpan.FromSeconds(seconds), concurrency, startsProgram), (runs.Timeout, runs.Concurrency, runs.Program is not null));
    }

    [Fact]
    public void A_custom_tool_runs_as_its_settings_say()
    {
        var settings = new NetworkSettings(CustomTools: [new CustomToolSettings("net_mtr_run", "Shows the way to a host.", "mtr", MaxSeconds: 20, Concurrency: 3, MaxAddresses: 4)]);

        var runs = new RunFacts(new Sallyport.Core.Processes.ProgramFinder(["/nonexistent"]), new(TimeProvider.System)).Of(_connector.ToolsOf(settings).Single(), settings)!;

        Assert.Equal((3, TimeSpan.FromSeconds(20), 4), (runs.Concurrency, runs.Timeout, runs.MostAddresses));
    }

    [Fact]
    public void A_tool_that_only_looks_at_what_is_kept_has_nothing_to_say() => Assert.Null(Of("net_scans_list", new NetworkSettings()));

    private ToolRuns? Of(string tool, NetworkSettings settings) => _connector.RunsOf(_connector.Tools.Single(one => one.Name == tool), settings);
}
