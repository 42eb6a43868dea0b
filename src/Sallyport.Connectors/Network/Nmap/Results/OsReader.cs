using System.Xml;

namespace Sallyport.Connectors.Network.Nmap.Results;

/// <summary>Reads what nmap guesses about a host's operating system.</summary>
internal static class OsReader
{
    public static NmapOs Read(XmlReader reader)
    {
        List<NmapOsMatch> matches = [];
        List<NmapPortUsed> ports = [];
        var fingerprint = false;
        foreach (var child in reader.Children())
        {
            if (child == "osmatch" && ReadMatch(reader) is { } match) matches.Add(match);
            else if (child == "portused" && ReadPort(reader) is { } port) ports.Add(port);
            else if (child == "osfingerprint") fingerprint = true;
        }

        return new NmapOs(matches, ports.OrNull(), fingerprint ? true : null);
    }

    private static NmapOsMatch? ReadMatch(XmlReader reader)
    {
        var (name, accuracy) = (reader.Text("name"), reader.Number("accuracy"));
        List<NmapOsClass> classes = [];
        foreach (var child in reader.Children())
            if (child == "osclass")
                classes.Add(ReadClass(reader));
        return name is null ? null : new NmapOsMatch(name, accuracy ?? 0, classes.OrNull());
    }

    private static NmapOsClass ReadClass(XmlReader reader)
    {
        var kind = new NmapOsClass(
            reader.Text("type"), reader.Text("vendor"), reader.Text("osfamily"), reader.Text("osgen"), reader.Number("accuracy"));
        return kind with { Cpe = PortReader.ReadCpe(reader) };
    }

    private static NmapPortUsed? ReadPort(XmlReader reader)
        => reader.Number("portid") is { } port && reader.Text("proto") is { } protocol && reader.Text("state") is { } state
            ? new NmapPortUsed(port, protocol, state)
            : null;
}
