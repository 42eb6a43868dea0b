using Sallyport.Connectors.Network.Nmap;
using Sallyport.Connectors.Network.Nmap.Results;

namespace Sallyport.Connectors.Network.Jobs;

/// <summary>What changed between two scans.</summary>
/// <param name="Comparable">False when the scans asked different questions or one is not whole; then a difference may be none.</param>
/// <param name="HostsAdded">Up in the later scan and not in the earlier one.</param>
/// <param name="HostsGone">The other way round.</param>
internal sealed record ScanDiff(
    string Before, string After, bool Comparable, string? Caution, IReadOnlyList<string> HostsAdded, IReadOnlyList<string> HostsGone,
    IReadOnlyList<PortChange> Changes)
{
    public static ScanDiff Of(string beforeId, ScanReport before, string afterId, ScanReport after)
    {
        var (earlier, later) = (Hosts(before), Hosts(after));
        var caution = CautionOf(before, after);
        return new ScanDiff(
            beforeId, afterId, caution is null, caution,
            [.. later.Keys.Except(earlier.Keys).Order(StringComparer.Ordinal)], [.. earlier.Keys.Except(later.Keys).Order(StringComparer.Ordinal)],
            [.. earlier.Keys.Union(later.Keys).Order(StringComparer.Ordinal).SelectMany(address => Changed(address, Ports(earlier, address), Ports(later, address)))]);
    }

    private static string? CautionOf(ScanReport before, ScanReport after)
    {
        if (!before.Complete || !after.Complete) return "One of the scans was stopped before its end.";
        return Question(before).SequenceEqual(Question(after)) ? null : "The scans looked at different targets or ports.";
    }

    /// <summary>The options that decide what is found; how long it may take does not.</summary>
    private static IEnumerable<string> Question(ScanReport report)
        => report.Metadata.Argv.Where((option, i) => option != "--host-timeout" && (i == 0 || report.Metadata.Argv[i - 1] != "--host-timeout"));

    private static Dictionary<string, NmapHost> Hosts(ScanReport report)
        => report.Hosts.Where(host => host.Status == "up").GroupBy(host => host.Address).ToDictionary(host => host.Key, host => host.Last(), StringComparer.Ordinal);

    private static Dictionary<(string Protocol, int Port), NmapPort> Ports(Dictionary<string, NmapHost> hosts, string address)
        => (hosts.GetValueOrDefault(address)?.Ports ?? []).Where(port => port.State is "open" or "open|filtered")
            .GroupBy(port => (port.Protocol, port.Port)).ToDictionary(port => port.Key, port => port.Last());

    private static IEnumerable<PortChange> Changed(
        string address, Dictionary<(string Protocol, int Port), NmapPort> before, Dictionary<(string Protocol, int Port), NmapPort> after)
        => from key in before.Keys.Union(after.Keys).Order()
           let was = View(before.GetValueOrDefault(key))
           let now = View(after.GetValueOrDefault(key))
           where was != now
           select new PortChange(address, key.Port, key.Protocol, was, now);

    private static PortView? View(NmapPort? port)
        => port is null ? null : new PortView(port.State, port.Service?.Name, port.Service?.Product, port.Service?.Version);
}

/// <summary>A port that opened, closed, or offers something else now; null stands for not open.</summary>
internal sealed record PortChange(string Address, int Port, string Protocol, PortView? Was, PortView? Now);

/// <summary>What a port offered.</summary>
internal sealed record PortView(string State, string? Service, string? Product, string? Version);
