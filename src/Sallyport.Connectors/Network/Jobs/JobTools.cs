using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sallyport.Connectors.Network.Nmap;
using Sallyport.Connectors.Network.Nmap.Planning;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Network.Jobs;

/// <summary>The tools for scans that go on in the background.</summary>
internal static class JobTools
{
    public const string StartName = "net_scan_start";

    public static IReadOnlyList<Tool> All { get; } =
    [
        Job(Tool.Read(
            StartName,
            "Starts a port scan in the background and returns its scan_id at once. Pick it for scans that take longer than you can wait; the arguments are those of net_ports_scan.",
            static () => NetworkToolsJson.Default.ScanPorts,
            static () => NetworkToolsJson.Default.ScanJob,
            static (NetworkClient network, ScanPorts scan, ToolContext context, CancellationToken cancellationToken) => network.Scans.StartAsync(scan, context, cancellationToken)))
            with { Title = "Start a background scan", Program = ScanTools.Program, Upstream = "nmap", Circuit = ScanTools.Circuit, Pace = ScanTools.Pace, AsksPerson = IntrusiveScans.Rule, IsIdempotent = false },
        Job(Tool.Read(
            "net_scan_status",
            "Says how far a background scan has come.",
            static () => NetworkToolsJson.Default.ScanRef,
            static () => NetworkToolsJson.Default.ScanJob,
            static (NetworkClient network, ScanRef scan, CancellationToken _) => Task.FromResult(network.Jobs.Get(scan.ScanId))))
            with { Title = "Background scan: status" },
        Job(Tool.Read(
            "net_scans_list",
            "Lists background scans, newest first, with their status.",
            static () => NetworkToolsJson.Default.ListScans,
            static () => NetworkToolsJson.Default.ScanList,
            static (NetworkClient network, ListScans list, CancellationToken _) => Task.FromResult(new ScanList([.. network.Jobs.All().Take(list.Limit)]))))
            with { Title = "List background scans", Rows = "scans" },
        ScanTools.WithHosts(Tool.Raw<NetworkClient, ScanResultRef>(
            ToolAccess.Read, "net_scan_result",
            "Returns what a background scan has found, whole or so far, in the form of net_ports_scan.",
            static () => NetworkToolsJson.Default.ScanResultRef,
            static (network, scan, _, _) => Task.FromResult(network.Scans.ContentOf(scan))))
            with { Title = "Background scan: result" },
        Job(Tool.Read(
            "net_scan_cancel",
            "Stops a background scan; what it has found until then is kept.",
            static () => NetworkToolsJson.Default.ScanRef,
            static () => NetworkToolsJson.Default.ScanJob,
            static (NetworkClient network, ScanRef scan, CancellationToken cancellationToken) => network.Jobs.CancelAsync(scan.ScanId, cancellationToken)))
            with { Title = "Cancel a background scan" },
        Job(Tool.Read(
            "net_scan_diff",
            "Compares two background scans: hosts and open ports that came, went or changed. Pick it to see what is new since a scan of the same network.",
            static () => NetworkToolsJson.Default.CompareScans,
            static () => NetworkToolsJson.Default.ScanDiff,
            static (NetworkClient network, CompareScans scans, CancellationToken _) => Task.FromResult(network.Scans.Compare(scans))))
            with { Title = "Compare two scans", Rows = "changes", UntrustedMembers = ["product", "version"] },
    ];

    private static Tool Job(Tool tool) => tool with { Permission = ToolPermission.Scan, Toolset = "network", Upstream = "scans" };
}

/// <summary>One background scan.</summary>
internal sealed record ScanRef([Description("scan_id that net_scan_start returned."), RegularExpression(Jobs.ScanId.Pattern)] string ScanId);

/// <summary>The result of one background scan.</summary>
internal sealed record ScanResultRef(
    [Description("scan_id that net_scan_start returned."), RegularExpression(Jobs.ScanId.Pattern)] string ScanId,
    [Description("compact lists open ports and counts the rest; full lists everything nmap said.")] ResultDetail Detail = ResultDetail.Compact,
    [Description("Attach nmap's XML.")] bool RawXml = false);

/// <summary>Arguments of the list of background scans.</summary>
internal sealed record ListScans([Description("How many."), Range(1, 100)] int Limit = 20);

/// <summary>Background scans, newest first.</summary>
internal sealed record ScanList(IReadOnlyList<ScanJob> Scans);

/// <summary>Two background scans to compare.</summary>
internal sealed record CompareScans(
    [Description("scan_id of the earlier scan."), RegularExpression(ScanId.Pattern)] string Before,
    [Description("scan_id of the later scan."), RegularExpression(ScanId.Pattern)] string After);
