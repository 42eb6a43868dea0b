using System.Text.Json.Serialization;

namespace Sallyport.Connectors.Network.Nmap.Planning;

/// <summary>What a caller asks of nmap, apart from where; null means that the caller did not say.</summary>
internal sealed record ScanRequest
{
    public ScanTemplate? Template { get; init; }

    public string? Ports { get; init; }

    public int? TopPorts { get; init; }

    public ScanKind Scan { get; init; } = ScanKind.Auto;

    public bool ServiceVersions { get; init; }

    public int? VersionIntensity { get; init; }

    public bool OsDetection { get; init; }

    public bool Traceroute { get; init; }

    public IReadOnlyList<string> Scripts { get; init; } = [];

    public int? Timing { get; init; }

    public HostDiscovery HostDiscovery { get; init; } = HostDiscovery.Auto;

    public bool OpenOnly { get; init; }

    public bool Reason { get; init; }

    public bool ResolveNames { get; init; }

    public int? MinRate { get; init; }

    public int? MaxRate { get; init; }

    /// <summary>Options as text, the compatible door; they go through the same table.</summary>
    public string ExtraArguments { get; init; } = "";
}

/// <summary>A named set of options that fits a common question.</summary>
internal enum ScanTemplate
{
    /// <summary>The 100 most common ports.</summary>
    [JsonStringEnumMemberName("quick")]
    Quick,

    /// <summary>The 1,000 most common ports, with service versions.</summary>
    [JsonStringEnumMemberName("standard")]
    Standard,

    /// <summary>All ports, service versions and observing scripts.</summary>
    [JsonStringEnumMemberName("thorough")]
    Thorough,

    /// <summary>Which hosts are up; no ports.</summary>
    [JsonStringEnumMemberName("discovery")]
    Discovery,

    /// <summary>Service versions of the 1,000 most common ports with fewer probes.</summary>
    [JsonStringEnumMemberName("version")]
    Version,

    /// <summary>The 1,000 most common ports and observing scripts.</summary>
    [JsonStringEnumMemberName("script")]
    Script,
}

/// <summary>How ports are probed.</summary>
internal enum ScanKind
{
    /// <summary>SYN where raw sockets are allowed, else connect.</summary>
    [JsonStringEnumMemberName("auto")]
    Auto,

    [JsonStringEnumMemberName("connect")]
    Connect,

    [JsonStringEnumMemberName("syn")]
    Syn,

    [JsonStringEnumMemberName("udp")]
    Udp,

    [JsonStringEnumMemberName("syn_and_udp")]
    SynAndUdp,
}

/// <summary>Whether hosts are first asked if they are up.</summary>
internal enum HostDiscovery
{
    /// <summary>Asked when the target is a network, taken as up when it is one address.</summary>
    [JsonStringEnumMemberName("auto")]
    Auto,

    [JsonStringEnumMemberName("skip")]
    Skip,

    /// <summary>Only asked; no ports are probed.</summary>
    [JsonStringEnumMemberName("only")]
    Only,
}
