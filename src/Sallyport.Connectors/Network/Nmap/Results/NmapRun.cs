using System.Text.Json.Nodes;

namespace Sallyport.Connectors.Network.Nmap.Results;

/// <summary>One nmap run as data: what was scanned, what answered, and whether the run reached its end.</summary>
/// <param name="Complete">False when the document ends early: what is there is whole hosts, but not all of them.</param>
/// <param name="Exit"><c>success</c> or <c>error</c>, as nmap says itself.</param>
internal sealed record NmapRun(
    string Scanner,
    bool Complete,
    NmapTotals Totals,
    IReadOnlyList<NmapHost> Hosts,
    string? Version = null,
    DateTime? Started = null,
    DateTime? Finished = null,
    double? ElapsedSeconds = null,
    string? IncompleteReason = null,
    string? Exit = null,
    string? ErrorMessage = null,
    IReadOnlyList<NmapScan>? Scans = null,
    IReadOnlyList<NmapScript>? PreScripts = null,
    IReadOnlyList<NmapScript>? PostScripts = null);

/// <summary>Counts over the whole run; hosts that were only counted are in here and nowhere else.</summary>
internal sealed record NmapTotals(int HostsUp, int HostsDown, int HostsTotal, int PortsOpen);

/// <summary>One kind of scan that the run made.</summary>
/// <param name="Type"><c>syn</c>, <c>connect</c>, <c>udp</c> and others.</param>
internal sealed record NmapScan(string Type, string Protocol, int PortCount, string Services);

/// <summary>One host that nmap reported to its end.</summary>
/// <param name="Status"><c>up</c>, <c>down</c>, <c>unknown</c> or <c>skipped</c>.</param>
/// <param name="TimedOut">nmap gave up on it, so ports are missing.</param>
/// <param name="OtherPorts">Ports that are only counted, by state.</param>
internal sealed record NmapHost(
    string Address,
    string AddressFamily,
    string Status,
    string? StatusReason = null,
    string? Mac = null,
    string? MacVendor = null,
    string? RequestedName = null,
    IReadOnlyList<NmapHostname>? Hostnames = null,
    bool? TimedOut = null,
    DateTime? Started = null,
    DateTime? Finished = null,
    double? LatencyMs = null,
    int? Distance = null,
    IReadOnlyList<NmapPort>? Ports = null,
    IReadOnlyList<NmapPortCount>? OtherPorts = null,
    IReadOnlyList<NmapScript>? HostScripts = null,
    NmapOs? Os = null,
    int? UptimeSeconds = null,
    NmapSequence? TcpSequence = null,
    string? IpIdSequence = null,
    NmapTrace? Trace = null);

/// <param name="Type"><c>user</c> for the name asked for, <c>PTR</c> for what DNS says of the address.</param>
/// <summary>One name of a host.</summary>
internal sealed record NmapHostname(string Name, string? Type = null);

/// <summary>One port and what was learnt about it.</summary>
/// <param name="State"><c>open</c>, <c>closed</c>, <c>filtered</c>, <c>unfiltered</c>, <c>open|filtered</c> or <c>closed|filtered</c>.</param>
internal sealed record NmapPort(
    int Port, string Protocol, string State, string? Reason = null, int? ReasonTtl = null, NmapService? Service = null,
    IReadOnlyList<NmapScript>? Scripts = null);

/// <summary>What listens on a port.</summary>
/// <param name="Method"><c>table</c> is a guess from the port number, <c>probed</c> an observation.</param>
/// <param name="Confidence">0 to 10.</param>
/// <param name="FingerprintPresent">The service answered and nmap did not recognise it.</param>
internal sealed record NmapService(
    string? Name = null, string? Product = null, string? Version = null, string? ExtraInfo = null, string? Hostname = null, string? OsType = null,
    string? DeviceType = null, string? Tunnel = null, string? Method = null, int? Confidence = null, IReadOnlyList<string>? Cpe = null,
    bool? FingerprintPresent = null);

/// <summary>Output of one script; the target chose most of its words.</summary>
/// <param name="OutputLeftOut">Characters cut from <paramref name="Output"/>; the detail <c>full</c> has them.</param>
internal sealed record NmapScript(string Id, string? Output = null, JsonNode? Structured = null, int? OutputLeftOut = null);

/// <summary>Ports in one state that are counted and not listed.</summary>
internal sealed record NmapPortCount(string State, int Count, IReadOnlyList<NmapReasonCount>? Reasons = null);

/// <summary>How many ports are in that state for one reason.</summary>
internal sealed record NmapReasonCount(string Reason, int Count);

/// <summary>What operating system the host seems to run, best guess first.</summary>
internal sealed record NmapOs(IReadOnlyList<NmapOsMatch> Matches, IReadOnlyList<NmapPortUsed>? PortsUsed = null, bool? FingerprintPresent = null);

/// <summary>One guess.</summary>
/// <param name="Accuracy">Percent.</param>
internal sealed record NmapOsMatch(string Name, int Accuracy, IReadOnlyList<NmapOsClass>? Classes = null);

/// <summary>What kind of system a guess stands for.</summary>
internal sealed record NmapOsClass(
    string? Type = null, string? Vendor = null, string? Family = null, string? Generation = null, int? Accuracy = null, IReadOnlyList<string>? Cpe = null);

/// <summary>A port that the guess was based on.</summary>
internal sealed record NmapPortUsed(int Port, string Protocol, string State);

/// <summary>How hard the host's TCP sequence numbers are to guess.</summary>
internal sealed record NmapSequence(int? Index = null, string? Difficulty = null);

/// <summary>The route to the host.</summary>
internal sealed record NmapTrace(IReadOnlyList<NmapHop> Hops, int? Port = null, string? Protocol = null);

/// <summary>One router on the route.</summary>
internal sealed record NmapHop(int Ttl, string? Address = null, string? Hostname = null, double? RttMs = null);
