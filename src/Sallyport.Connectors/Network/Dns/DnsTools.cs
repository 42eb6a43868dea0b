using Sallyport.Connectors.Network.Nmap;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Network.Dns;

/// <summary>The tool that looks names up.</summary>
internal static class DnsTools
{
    public const string Name = "net_dns_lookup";

    public static IReadOnlyList<Tool> All { get; } =
    [
        Tool.Read(
            Name,
            "Looks up DNS records of an internal name, or the name of an internal address, at a name server inside the allowed targets.",
            static () => NetworkToolsJson.Default.LookUpName,
            static () => NetworkToolsJson.Default.LookUpResult,
            static (NetworkClient network, LookUpName arguments, ToolContext context, CancellationToken cancellationToken)
                => network.LookUpAsync(arguments, context, cancellationToken)) with
        {
            Alias = "DigTool",
            Title = "Look up DNS records",
            Permission = ToolPermission.Scan,
            Upstream = "dns",
            AsksPerson = new PersonRule(static settings => ((NetworkSettings)settings).AllowIntrusive, NameLookups.ReasonForPerson),
            Toolset = "network",
            Pace = ScanTools.Pace,
            Rows = "answers",
            UntrustedMembers = ["name", "value", "stdout"],
        },
    ];
}
