using System.Text;
using Sallyport.Connectors.Network.Nmap.Planning;
using Sallyport.Core.Resilience;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Network.Nmap;

/// <summary>The tools that look at a network with nmap.</summary>
internal static class ScanTools
{
    public const string PortsName = "net_ports_scan";
    public const string HostsName = "net_hosts_discover";

    public static readonly ExternalProgram Program = new("nmap", "nmap", "--version");

    /// <summary>A scan takes minutes, so a broken nmap is left alone for longer than a platform.</summary>
    public static readonly CircuitOptions Circuit = new(FailureThreshold: 5, Recovery: TimeSpan.FromSeconds(120));

    /// <summary>As the reference server paces its tools, for everything that sends packets.</summary>
    public static readonly CallPace Pace = new(10, TimeSpan.FromSeconds(60));

    /// <summary>Banners, certificates, script output and DNS text: the target chose the words.</summary>
    private static readonly string[] Untrusted =
        ["product", "version", "extra_info", "hostname", "hostnames", "output", "structured", "stdout", "stderr", "error_message"];

    /// <summary>
    /// What always holds of a result. Members that may be wrapped as untrusted or left out for size are open on purpose: a stricter
    /// schema would make a client refuse a result for being marked.
    /// </summary>
    private static JsonSchema OutputSchema { get; } = JsonSchema.Parse(Encoding.UTF8.GetBytes("""
        {
          "type": "object",
          "properties": {
            "scanner": { "type": "string" },
            "complete": { "type": "boolean", "description": "False when the scan was stopped: the hosts listed are whole, but not all." },
            "totals": { "type": "object", "properties": {
              "hosts_up": { "type": "integer" }, "hosts_down": { "type": "integer" }, "hosts_total": { "type": "integer" }, "ports_open": { "type": "integer" } } },
            "hosts": { "type": "array", "items": { "type": "object", "properties": {
              "address": { "type": "string" },
              "status": { "type": "string", "enum": ["up", "down", "unknown", "skipped"] },
              "ports": { "type": "array", "items": { "type": "object", "properties": {
                "port": { "type": "integer" }, "protocol": { "type": "string" },
                "state": { "type": "string", "enum": ["open", "closed", "filtered", "unfiltered", "open|filtered", "closed|filtered"] },
                "service": { "type": "object" } } } },
              "other_ports": { "type": "array", "description": "Ports that are counted and not listed, by state." } } } },
            "timed_out": { "type": "boolean" },
            "returncode": { "type": "integer" },
            "execution_time": { "type": "number", "description": "Seconds." },
            "correlation_id": { "type": "string" },
            "metadata": { "type": "object" }
          },
          "required": ["complete", "totals", "hosts"]
        }
        """));

    // After what it uses: these are filled from top to bottom.
    public static IReadOnlyList<Tool> All { get; } =
    [
        Scan(Tool.Raw<NetworkClient, ScanPorts>(
            ToolAccess.Read, PortsName,
            "Scans the ports of one host or a small network with nmap and returns open ports, services and scripts as data. Pick it to see what a host offers; for which hosts are there at all, net_hosts_discover is quicker.",
            static () => NetworkToolsJson.Default.ScanPorts,
            static (network, scan, context, cancellationToken) => network.Scans.RunAsync(scan, context, cancellationToken))) with
        {
            Alias = "NmapTool", Title = "Scan ports", AsksPerson = IntrusiveScans.Rule,
        },
        Scan(Tool.Raw<NetworkClient, DiscoverHosts>(
            ToolAccess.Read, HostsName,
            "Finds out which hosts of a network are up, with nmap, without probing their ports. Pick it before scanning a network.",
            static () => NetworkToolsJson.Default.DiscoverHosts,
            static (network, discover, context, cancellationToken) => network.Scans.RunAsync(discover.ToScan(), context, cancellationToken))) with
        {
            Title = "Discover hosts",
        },
    ];

    private static Tool Scan(Tool tool) => WithHosts(tool) with { Program = Program, Upstream = "nmap", Circuit = Circuit, Pace = Pace };

    /// <summary>A tool whose result is that of a scan.</summary>
    public static Tool WithHosts(Tool tool) => tool with
    {
        Permission = ToolPermission.Scan,
        Upstream = "scans",
        Toolset = "network",
        Rows = "hosts",
        Output = OutputSchema,
        UntrustedMembers = Untrusted,
    };
}
