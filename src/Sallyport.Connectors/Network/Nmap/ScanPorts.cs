using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sallyport.Connectors.Network.Nmap.Planning;
using Sallyport.Core.Schemas;

namespace Sallyport.Connectors.Network.Nmap;

/// <summary>Arguments of a port scan.</summary>
internal sealed record ScanPorts(
    [Description(ScanPorts.TargetHelp), StringLength(255, MinimumLength = 1)] string Target,
    [Description("A ready set of options; the other fields win over it. thorough is for one address.")] ScanTemplate? Template = null,
    [Description("Ports such as 22,80,8000-8010; '-' for all; T: and U: groups with scan syn_and_udp."), StringLength(1024, MinimumLength = 1)] string? Ports = null,
    [Description("So many of the most common ports; 1000 unless ports or template say otherwise."), Range(1, 65535)] int? TopPorts = null,
    [Description("How ports are probed. auto is syn where raw sockets are allowed, else connect.")] ScanKind Scan = ScanKind.Auto,
    [Description("Ask open ports what listens there; slower.")] bool ServiceVersions = false,
    [Description("How hard to ask, 0 to 9; turns service_versions on."), Range(0, 9)] int? VersionIntensity = null,
    [Description("Guess the operating system; needs raw sockets.")] bool OsDetection = false,
    [Description("Trace the route; needs raw sockets.")] bool Traceroute = false,
    [Description("nmap scripts by name, or the categories safe, default, discovery, version."), EachItem(MaxLength = 64, MinLength = 1)]
    IReadOnlyList<string>? Scripts = null,
    [Description("0 slowest to 5 fastest; 4 by default."), Range(0, 5)] int? Timing = null,
    [Description("auto asks networks which hosts are up and takes a single address as up; only probes no ports.")] HostDiscovery HostDiscovery = HostDiscovery.Auto,
    [Description("List open ports only.")] bool OpenOnly = false,
    [Description("Say why each port is in its state.")] bool Reason = false,
    [Description("Look up the names of the hosts found.")] bool ResolveNames = false,
    [Description("Most packets a second."), Range(1, 10000)] int? MaxRate = null,
    [Description("Least packets a second."), Range(1, 10000)] int? MinRate = null,
    [Description("compact lists open ports and counts the rest; full lists everything nmap said.")] ResultDetail Detail = ResultDetail.Compact,
    [Description("Attach nmap's XML.")] bool RawXml = false,
    [Description("Further nmap options as text, for scripts written for the reference server; prefer the fields."), StringLength(10240)] string ExtraArgs = "",
    [Description("Seconds the scan may take; what was found until then is returned."), Range(1, 3600)] double? TimeoutSec = null,
    [Description("Seconds to wait here; a scan that takes longer goes on in the background and its scan_id is returned."), Range(1, 3600)] double? WaitSec = null,
    [Description("Your own id for this call, returned as is."), RegularExpression("^[A-Za-z0-9._:-]{1,64}$")] string? CorrelationId = null)
{
    public const string TargetHelp =
        "One address, network such as 10.0.0.0/24 (at most 1,024 addresses) or host name, inside the targets that the operator allows; IPv6 where allowed.";

    public ScanRequest ToRequest() => new()
    {
        Template = Template,
        Ports = Ports,
        TopPorts = TopPorts,
        Scan = Scan,
        ServiceVersions = ServiceVersions,
        VersionIntensity = VersionIntensity,
        OsDetection = OsDetection,
        Traceroute = Traceroute,
        Scripts = Scripts ?? [],
        Timing = Timing,
        HostDiscovery = HostDiscovery,
        OpenOnly = OpenOnly,
        Reason = Reason,
        ResolveNames = ResolveNames,
        MinRate = MinRate,
        MaxRate = MaxRate,
        ExtraArguments = ExtraArgs,
    };
}

/// <summary>How much of a result is wanted.</summary>
internal enum ResultDetail
{
    [JsonStringEnumMemberName("compact")]
    Compact,

    [JsonStringEnumMemberName("full")]
    Full,
}
