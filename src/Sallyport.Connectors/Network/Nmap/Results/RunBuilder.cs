using System.Xml;

namespace Sallyport.Connectors.Network.Nmap.Results;

/// <summary>Collects the parts of one run as the reader passes them.</summary>
internal sealed class RunBuilder
{
    private readonly List<NmapHost> _hosts = [];
    private readonly List<NmapScan> _scans = [];
    private NmapRun _run = new("nmap", false, new NmapTotals(0, 0, 0, 0), []);
    private NmapTotals? _counted;

    public bool SawEnd { get; private set; }

    /// <summary>Takes the node the reader stands on. Elements below <c>hosthint</c> repeat hosts and are passed over with it.</summary>
    public void Take(XmlReader reader)
    {
        if (reader is { NodeType: XmlNodeType.EndElement, Depth: 0 }) SawEnd = true;
        if (reader.NodeType != XmlNodeType.Element) return;
        switch (reader.Depth, reader.LocalName)
        {
            case (0, "nmaprun"):
                _run = _run with { Scanner = reader.Text("scanner") ?? "nmap", Version = reader.Text("version"), Started = reader.Time("start") };
                SawEnd = reader.IsEmptyElement;
                break;
            case (1, "host"):
                if (HostReader.Read(reader) is { } host) _hosts.Add(host);
                break;
            case (1, "scaninfo"):
                _scans.Add(new NmapScan(reader.Text("type") ?? "", reader.Text("protocol") ?? "", reader.Number("numservices") ?? 0, reader.Text("services") ?? ""));
                break;
            case (1, "prescript"):
                _run = _run with { PreScripts = ScriptReader.ReadAll(reader) };
                break;
            case (1, "postscript"):
                _run = _run with { PostScripts = ScriptReader.ReadAll(reader) };
                break;
            case (2, "finished"):
                _run = _run with
                {
                    Finished = reader.Time("time"),
                    ElapsedSeconds = reader.Decimal("elapsed"),
                    Exit = reader.Text("exit"),
                    ErrorMessage = reader.Text("errormsg"),
                };
                break;
            case (2, "hosts"):
                _counted = new NmapTotals(reader.Number("up") ?? 0, reader.Number("down") ?? 0, reader.Number("total") ?? 0, 0);
                break;
        }
    }

    public NmapRun Build(string? incompleteReason)
    {
        var totals = _counted ?? new NmapTotals(Count("up"), Count("down"), _hosts.Count, 0);
        return _run with
        {
            Complete = incompleteReason is null,
            IncompleteReason = incompleteReason,
            Hosts = _hosts,
            Scans = _scans.OrNull(),
            Totals = totals with { PortsOpen = _hosts.Sum(host => host.Ports?.Count(port => port.State == "open") ?? 0) },
        };
    }

    private int Count(string status) => _hosts.Count(host => host.Status == status);
}

/// <summary>Absent optional members are left out of results; an empty list is absent.</summary>
internal static class OptionalLists
{
    public static IReadOnlyList<T>? OrNull<T>(this List<T> list) => list.Count == 0 ? null : list;
}
