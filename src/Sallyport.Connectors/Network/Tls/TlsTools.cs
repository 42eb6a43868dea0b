using Sallyport.Connectors.Network.Nmap;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Network.Tls;

/// <summary>The tool that looks at a server's certificate.</summary>
internal static class TlsTools
{
    public const string Name = "net_tls_inspect";

    public static IReadOnlyList<Tool> All { get; } =
    [
        Tool.Read(
            Name,
            "Shows the certificate chain, TLS versions and cipher of one server, and why a client would not trust it. Pick it for expiring, wrong or weak certificates.",
            static () => NetworkToolsJson.Default.InspectTls,
            static () => NetworkToolsJson.Default.TlsResult,
            static (NetworkClient network, InspectTls arguments, CancellationToken cancellationToken) => network.InspectAsync(arguments, cancellationToken)) with
        {
            Title = "Inspect TLS", Permission = ToolPermission.Scan, Upstream = "tls", Toolset = "network", Pace = ScanTools.Pace, UntrustedMembers = ["subject", "issuer", "names"],
        },
    ];
}
