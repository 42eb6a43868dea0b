using System.Xml;

namespace Sallyport.Connectors.Network.Nmap.Results;

/// <summary>Reads listed ports with their services and scripts, and the counts of those that are not listed.</summary>
internal static class PortReader
{
    public static NmapPort? Read(XmlReader reader)
    {
        var (number, protocol) = (reader.Number("portid"), reader.Text("protocol"));
        string? state = null;
        string? reason = null;
        int? ttl = null;
        NmapService? service = null;
        List<NmapScript> scripts = [];
        foreach (var child in reader.Children())
        {
            if (child == "state") (state, reason, ttl) = (reader.Text("state"), reader.Text("reason"), reader.Number("reason_ttl"));
            else if (child == "service") service = ReadService(reader);
            else if (child == "script" && ScriptReader.Read(reader) is { } script) scripts.Add(script);
        }

        return number is >= 0 and <= 65535 && protocol is not null && state is not null
            ? new NmapPort(number.Value, protocol, state, reason, ttl, service, scripts.OrNull())
            : null;
    }

    public static NmapPortCount? ReadCount(XmlReader reader)
    {
        var (state, count) = (reader.Text("state"), reader.Number("count"));
        List<NmapReasonCount> reasons = [];
        foreach (var child in reader.Children())
            if (child == "extrareasons" && reader.Text("reason") is { } reason && reader.Number("count") is { } times)
                reasons.Add(new NmapReasonCount(reason, times));
        return state is not null && count is not null ? new NmapPortCount(state, count.Value, reasons.OrNull()) : null;
    }

    private static NmapService ReadService(XmlReader reader)
    {
        var service = new NmapService(
            reader.Text("name"), reader.Text("product"), reader.Text("version"), reader.Text("extrainfo"), reader.Text("hostname"), reader.Text("ostype"),
            reader.Text("devicetype"), reader.Text("tunnel"), reader.Text("method"), reader.Number("conf"), null,
            reader.Text("servicefp") is null ? null : true);
        return service with { Cpe = ReadCpe(reader) };
    }

    /// <summary>Platform names below the element the reader stands on.</summary>
    public static IReadOnlyList<string>? ReadCpe(XmlReader reader)
    {
        List<string> names = [];
        foreach (var child in reader.Children())
        {
            if (child != "cpe" || reader.IsEmptyElement) continue;
            var depth = reader.Depth;
            while (reader.Read() && reader.Depth > depth)
                if (reader.NodeType == XmlNodeType.Text && reader.Value.Trim() is { Length: > 0 } name)
                    names.Add(name);
        }

        return names.OrNull();
    }
}
