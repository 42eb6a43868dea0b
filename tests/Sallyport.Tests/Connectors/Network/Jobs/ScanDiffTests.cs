using Sallyport.Connectors.Network.Jobs;
using Sallyport.Connectors.Network.Nmap;
using Sallyport.Connectors.Network.Nmap.Results;

namespace Sallyport.Tests.Connectors.Network.Jobs;

public sealed class ScanDiffTests
{
    private static readonly NmapHost Web = Host("10.0.0.1", Port(22, "open", "OpenSSH", "9.2"), Port(80, "open"), Port(443, "closed"));

    [Fact]
    public void Hosts_and_ports_that_came_went_or_changed_are_listed()
    {
        var before = Report([Web, Host("10.0.0.2", Port(25, "open"))]);
        var after = Report([Host("10.0.0.1", Port(22, "open", "OpenSSH", "9.6"), Port(443, "open")), Host("10.0.0.3")]);

        var diff = ScanDiff.Of("a", before, "b", after);

        Assert.True(diff.Comparable);
        Assert.Equal(["10.0.0.3"], diff.HostsAdded);
        Assert.Equal(["10.0.0.2"], diff.HostsGone);
        Assert.Equal(
            [
                new PortChange("10.0.0.1", 22, "tcp", new PortView("open", "x", "OpenSSH", "9.2"), new PortView("open", "x", "OpenSSH", "9.6")),
                new PortChange("10.0.0.1", 80, "tcp", new PortView("open", "x", null, null), null),
                new PortChange("10.0.0.1", 443, "tcp", null, new PortView("open", "x", null, null)),
                new PortChange("10.0.0.2", 25, "tcp", new PortView("open", "x", null, null), null),
            ],
            diff.Changes);
    }

    [Fact]
    public void A_scan_differs_in_nothing_from_itself()
    {
        var diff = ScanDiff.Of("a", Report([Web]), "b", Report([Web]));

        Assert.Empty(diff.Changes);
        Assert.Null(diff.Caution);
    }

    [Theory]
    [InlineData(false, "-p 1-100 -- 10.0.0.0/24", "stopped")]
    [InlineData(true, "-p 1-200 -- 10.0.0.0/24", "different targets or ports")]
    [InlineData(true, "-p 1-100 -- 10.0.1.0/24", "different targets or ports")]
    [InlineData(true, "-p 1-100 --host-timeout 9s -- 10.0.0.0/24", null)]
    public void Scans_that_cannot_be_compared_say_so(bool complete, string argv, string? caution)
    {
        var diff = ScanDiff.Of("a", Report([Web]), "b", Report([Web]) with { Complete = complete, Metadata = Metadata(argv) });

        Assert.Equal(caution is null, diff.Comparable);
        if (caution is not null) Assert.Contains(caution, diff.Caution, StringComparison.Ordinal);
    }

    private static ScanReport Report(NmapHost[] hosts)
        => new("nmap", true, new NmapTotals(0, 0, 0, 0), hosts, false, 0, null, null, 0, "c", Metadata("-p 1-100 -- 10.0.0.0/24"));

    private static ScanMetadata Metadata(string argv) => new(argv.Split(' '), 0, false, 0, 0);

    private static NmapHost Host(string address, params NmapPort[] ports) => new(address, "ipv4", "up", Ports: ports);

    private static NmapPort Port(int port, string state, string? product = null, string? version = null)
        => new(port, "tcp", state, Service: new NmapService("x", product, version));
}
