using Sallyport.Connectors.Network.Nmap;
using Sallyport.Core.Resilience;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Network.Reach;

/// <summary>The tools that ask whether and how a host is reached.</summary>
internal static class ReachTools
{
    public static IReadOnlyList<Tool> All { get; } =
    [
        Tool.Read(
            Reachability.PingTool,
            "Asks one host whether it answers (ICMP echo) and how quickly. Pick it to tell a host that is down from one that hides its ports.",
            static () => NetworkToolsJson.Default.PingHost,
            static () => NetworkToolsJson.Default.PingResult,
            static (NetworkClient network, PingHost arguments, CancellationToken cancellationToken) => network.PingAsync(arguments, cancellationToken)) with
        {
            Title = "Ping a host", Permission = ToolPermission.Scan, Program = Reachability.Ping, Upstream = "ping", Toolset = "network", Pace = ScanTools.Pace, Rows = "replies",
            Circuit = new CircuitOptions(FailureThreshold: 3, Recovery: TimeSpan.FromSeconds(30)),
        },
        Tool.Read(
            Reachability.TraceTool,
            "Shows the routers between this gate and one host, with their delays. Pick it when a host is reachable from elsewhere and not from here.",
            static () => NetworkToolsJson.Default.TraceRoute,
            static () => NetworkToolsJson.Default.TraceResult,
            static (NetworkClient network, TraceRoute arguments, CancellationToken cancellationToken) => network.TraceAsync(arguments, cancellationToken)) with
        {
            Title = "Trace a route", Permission = ToolPermission.Scan, Program = Reachability.Traceroute, Upstream = "traceroute", Toolset = "network", Pace = ScanTools.Pace, Rows = "hops",
        },
    ];
}
