using System.Xml;

namespace Sallyport.Connectors.Network.Nmap.Results;

/// <summary>Reads one <c>host</c> element to its end tag.</summary>
internal static class HostReader
{
    /// <summary>Null when the element has no address: then there is nothing to report about.</summary>
    public static NmapHost? Read(XmlReader reader)
    {
        var host = new NmapHost("", "", "unknown", TimedOut: reader.Text("timedout") == "true" ? true : null,
            Started: reader.Time("starttime"), Finished: reader.Time("endtime"));
        foreach (var child in reader.Children())
            host = Add(reader, child, host);
        return host.Address.Length > 0 ? host : null;
    }

    private static NmapHost Add(XmlReader reader, string element, NmapHost host) => element switch
    {
        "status" => host with { Status = reader.Text("state") ?? "unknown", StatusReason = reader.Text("reason") },
        "address" => AddAddress(reader, host),
        "hostnames" => host with { Hostnames = ReadHostnames(reader) },
        "ports" => AddPorts(reader, host),
        "hostscript" => host with { HostScripts = ScriptReader.ReadAll(reader) },
        "os" => host with { Os = OsReader.Read(reader) },
        "uptime" => host with { UptimeSeconds = reader.Number("seconds") },
        "distance" => host with { Distance = reader.Number("value") },
        "tcpsequence" => host with { TcpSequence = new NmapSequence(reader.Number("index"), reader.Text("difficulty")) },
        "ipidsequence" => host with { IpIdSequence = reader.Text("class") },
        "trace" => host with { Trace = ReadTrace(reader) },
        // Smoothed round trip time, in microseconds.
        "times" => host with { LatencyMs = reader.Decimal("srtt") / 1000 },
        _ => host,
    };

    private static NmapHost AddAddress(XmlReader reader, NmapHost host) => (reader.Text("addrtype"), reader.Text("addr")) switch
    {
        ("mac", { } address) => host with { Mac = address, MacVendor = reader.Text("vendor") },
        ({ } family, { } address) => host with { Address = address, AddressFamily = family },
        _ => host,
    };

    private static IReadOnlyList<NmapHostname>? ReadHostnames(XmlReader reader)
    {
        List<NmapHostname> names = [];
        foreach (var child in reader.Children())
            if (child == "hostname" && reader.Text("name") is { } name)
                names.Add(new NmapHostname(name, reader.Text("type")));
        return names.OrNull();
    }

    private static NmapHost AddPorts(XmlReader reader, NmapHost host)
    {
        List<NmapPort> ports = [];
        List<NmapPortCount> others = [];
        foreach (var child in reader.Children())
        {
            if (child == "port" && PortReader.Read(reader) is { } port) ports.Add(port);
            else if (child == "extraports" && PortReader.ReadCount(reader) is { } count) others.Add(count);
        }

        return host with { Ports = ports.OrNull(), OtherPorts = others.OrNull() };
    }

    private static NmapTrace ReadTrace(XmlReader reader)
    {
        var (port, protocol) = (reader.Number("port"), reader.Text("proto"));
        List<NmapHop> hops = [];
        foreach (var child in reader.Children())
            if (child == "hop" && reader.Number("ttl") is { } ttl)
                hops.Add(new NmapHop(ttl, reader.Text("ipaddr"), reader.Text("host"), reader.Decimal("rtt")));
        return new NmapTrace(hops, port, protocol);
    }
}
