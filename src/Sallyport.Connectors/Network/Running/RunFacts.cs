using Sallyport.Connectors.Network.Custom;
using Sallyport.Connectors.Network.Dns;
using Sallyport.Connectors.Network.Jobs;
using Sallyport.Connectors.Network.Nmap;
using Sallyport.Connectors.Network.Nmap.Planning;
using Sallyport.Connectors.Network.Reach;
using Sallyport.Connectors.Network.Tls;
using Sallyport.Core.Processes;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Network.Running;

/// <summary>Says how each network tool runs under a tenant's settings.</summary>
internal sealed class RunFacts(ProgramFinder programs, RawSockets rawSockets)
{
    /// <summary>The words by which a call names a template.</summary>
    private static readonly string[] Templates = [.. Enum.GetNames<ScanTemplate>().Select(name => name.ToLowerInvariant())];

    /// <summary>Null for tools that only look at what is kept.</summary>
    public ToolRuns? Of(Tool tool, NetworkSettings settings) => tool.Name switch
    {
        ScanTools.PortsName or JobTools.StartName => Scan(settings) with { Templates = Templates, AllowsIntrusive = settings.AllowIntrusive },
        ScanTools.HostsName => Scan(settings),
        DnsTools.Name => Look(RunKind.Dns.Within(settings.Dns), settings) with { AllowsIntrusive = settings.AllowIntrusive },
        TlsTools.Name => Look(RunKind.Tls.Within(settings.Tls), settings),
        Reachability.PingTool => Look(RunKind.Ping.Within(settings.Ping), settings) with { Program = settings.Limits },
        Reachability.TraceTool => Look(RunKind.Traceroute.Within(settings.Traceroute), settings) with { Program = settings.Limits },
        var name => settings.CustomTools?.FirstOrDefault(own => own.Name == name) is { } own
            ? Look(new CustomTool(own).Kind, settings) with { Program = CustomTool.LimitsOf(own), MostAddresses = own.MaxAddresses }
            : null,
    };

    private ToolRuns Scan(NetworkSettings settings) => new(
        settings.ScanConcurrency, TimeSpan.FromSeconds(Math.Min(settings.ScanSeconds, settings.MaxSeconds)), TimeSpan.FromSeconds(settings.MaxSeconds))
    {
        Program = settings.Limits,
        MostAddresses = Scans.MaxAddresses,
        Privileges = programs.Find(ScanTools.Program.Name).Path is { } nmap && rawSockets.AreAllowedFor(nmap) ? ["CAP_NET_RAW"] : [],
    };

    private static ToolRuns Look(RunKind kind, NetworkSettings settings)
    {
        var longest = TimeSpan.FromSeconds(Math.Min(kind.Longest.TotalSeconds, settings.MaxSeconds));
        return new ToolRuns(kind.AtATime, longest, longest) { MostAddresses = 1 };
    }
}
