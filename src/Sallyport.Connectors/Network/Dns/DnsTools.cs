using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Network.Dns;

/// <summary>The tool that looks names up.</summary>
internal static class DnsTools
{
    public static IReadOnlyList<Tool> All { get; } =
    [
        Tool.Read(
            "net_dns_lookup",
            "Looks up DNS records of an internal name, or the name of an internal address, at a name server inside the allowed targets.",
            NetworkToolsJson.Default.LookUpName,
            NetworkToolsJson.Default.LookUpResult,
            static (NetworkClient network, LookUpName arguments, ToolContext context, CancellationToken cancellationToken)
                => network.LookUpAsync(arguments, context, cancellationToken)) with
        {
            Alias = "DigTool",
            Title = "Look up DNS records",
            Permission = ToolPermission.Scan,
            Upstream = "dns",
            AsksPerson = new PersonRule(static settings => ((NetworkSettings)settings).AllowIntrusive, NameLookups.ReasonForPerson),
            Toolset = "network",
            Rows = "answers",
            UntrustedMembers = ["name", "value", "stdout"],
        },
    ];
}
