using Sallyport.Connectors.Network.Jobs;
using Sallyport.Connectors.Network.Nmap.Results;
using Sallyport.Core.Sources;

namespace Sallyport.Connectors.Network.Sources;

/// <summary>Hosts that background scans and the newest other scans found up, each with its newest sighting and open ports. Nothing is scanned to answer.</summary>
internal static class ScannedHosts
{
    private const int MostScans = 50;

    public static IReadOnlyList<Source> All { get; } =
    [
        Source.Hosts<NetworkClient>("net", ["net_scans_list", "net_scan_result"], static (network, question, context, cancellationToken) => Task.FromResult(Ask(network, question))) with
        {
            Looks = Viewpoint.Scan,
        },
    ];

    private static Answer<SeenHost> Ask(NetworkClient network, HostQuestion question)
    {
        var finished = network.Jobs.All().Where(job => job.Status is ScanJobStatus.Completed or ScanJobStatus.Cancelled or ScanJobStatus.Interrupted).ToList();
        var background = finished.Take(MostScans).Select(job => new Scan(job.ScanId, job.Finished ?? job.Created, network.Jobs.ReportOf(job.ScanId)?.Hosts ?? []));
        List<Scan> scans = [.. network.Scans.Recent.Select(recent => new Scan(recent.Report.CorrelationId, recent.Found, recent.Report.Hosts)), .. background];
        var hosts = scans.SelectMany(scan => scan.Hosts.Where(host => host.Status == "up").Select(host => Read(scan, host))).Where(host => Fits(host, question))
            .OrderByDescending(host => host.LastSeen).DistinctBy(host => host.Identity.Addresses![0].Address).ToList();
        var incomplete = scans.Count == 0 ? "no scan has been made" : finished.Count > MostScans ? $"only the newest {MostScans} background scans were looked at" : null;
        return new Answer<SeenHost>([.. hosts.Take(question.Limit)], hosts.Count, incomplete);
    }

    private static bool Fits(SeenHost host, HostQuestion question) => question.IsForAll
        || host.Identity.Id == question.Id
        || SourceWire.IsSameName(host.Identity.Fqdn ?? host.Identity.Name, question.Name)
        || (question.Address is { } address && SourceWire.IsAddress(host.Identity.Addresses![0].Address, address))
        || (SourceWire.Mac(question.Mac) is { } mac && host.Identity.Macs?.Contains(mac) is true);

    private static SeenHost Read(Scan scan, NmapHost host)
    {
        var seen = new DateTimeOffset(DateTime.SpecifyKind(host.Finished ?? scan.Finished, DateTimeKind.Utc));
        // What DNS says of the address comes before the name that was asked for.
        var name = host.Hostnames?.OrderBy(name => name.Type == "PTR" ? 0 : 1).Select(name => name.Name).FirstOrDefault() ?? host.RequestedName;
        return new SeenHost(
            new HostIdentity(
                $"{scan.Id}/{host.Address}", name is null ? null : SourceWire.ShortName(name), name?.Contains('.', StringComparison.Ordinal) is true ? name : null,
                Macs: SourceWire.Mac(host.Mac) is { } mac ? [mac] : null, Addresses: [new AddressUse(host.Address, seen, seen)]),
            Viewpoint.Scan, Os: host.Os?.Matches is [var best, ..] ? best.Name : null, Vendor: host.MacVendor,
            Services: host.Ports?.Where(port => port.State == "open")
                .Select(port => new OpenService(port.Port, port.Protocol, port.Service?.Name, port.Service?.Product, port.Service?.Version)).OrNull(),
            FirstSeen: seen, LastSeen: seen);
    }

    /// <summary>One scan as hosts are read from it.</summary>
    private sealed record Scan(string Id, DateTime Finished, IReadOnlyList<NmapHost> Hosts);
}
