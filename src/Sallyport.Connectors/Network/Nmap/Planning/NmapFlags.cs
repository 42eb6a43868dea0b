using System.Collections.Frozen;
using Sallyport.Connectors.Network.Arguments;
using Sallyport.Connectors.Network.Nmap.Scripts;
using Sallyport.Connectors.Network.Targets;

namespace Sallyport.Connectors.Network.Nmap.Planning;

/// <summary>The table of nmap options that callers may use; whatever is not in it is refused.</summary>
internal static class NmapFlags
{
    public const string TcpSlot = "tcp";
    public const string UdpSlot = "udp";
    public const string PingOnlySlot = "ping only";
    public const string PortsSlot = "ports";
    public const string TimingSlot = "timing";
    public const string NoPingSlot = "no ping";
    public const string ParallelismSlot = "parallelism";
    public const string DefaultScriptsSlot = "default scripts";
    public const string ScriptsSlot = "scripts";
    public const string EverythingSlot = "everything";

    private const FlagNeeds Raw = FlagNeeds.RawSockets;
    private const FlagNeeds Evasion = FlagNeeds.RawSockets | FlagNeeds.Intrusive;
    private const int MaxDecoys = 8;

    /// <summary>In the order in which the options are given to nmap.</summary>
    public static IReadOnlyList<NmapFlag> InOrder { get; } =
    [
        Plain("-sS", TcpSlot, Raw), Plain("-sT", TcpSlot), Plain("-sU", UdpSlot, Raw), Plain("-sn", PingOnlySlot),
        Plain("-sV"), Plain("-sC", DefaultScriptsSlot), Plain("-O", needs: Raw), Plain("-A", EverythingSlot, Evasion), Plain("--traceroute", needs: Raw),
        new("-p", PortsSlot, ValueForm.SeparateOrAttached, FlagNeeds.None, Ports), Number("--top-ports", 1, 65535, PortsSlot),
        Plain("-T0", TimingSlot), Plain("-T1", TimingSlot), Plain("-T2", TimingSlot), Plain("-T3", TimingSlot), Plain("-T4", TimingSlot), Plain("-T5", TimingSlot),
        Number("--min-rate", 1, 10_000), Number("--max-rate", 1, 10_000), Number("--max-retries", 0, 10),
        Time("--host-timeout", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        Time("--scan-delay", TimeSpan.Zero, TimeSpan.FromSeconds(10)), Time("--max-scan-delay", TimeSpan.Zero, TimeSpan.FromSeconds(10)),
        Number("--max-parallelism", 1, 500, ParallelismSlot), Number("--version-intensity", 0, 9),
        Plain("-Pn", NoPingSlot), Ping("-PS"), Ping("-PA"), Ping("-PU", Raw), Ping("-PY", Raw),
        new("--script", ScriptsSlot, ValueForm.Separate, FlagNeeds.None, Scripts),
        Plain("--open"), Plain("--reason"), Plain("--randomize-hosts"), Plain("-n"), Plain("-v", "verbosity"), Plain("-vv", "verbosity"),
        Plain("-f", "fragments", Evasion), Number("--mtu", 8, 1496, "fragments", Evasion, step: 8),
        new("-D", "-D", ValueForm.Separate, Evasion, Decoys),
        Number("--source-port", 1, 65535, "source port", Evasion), Number("-g", 1, 65535, "source port", Evasion),
        Number("--data-length", 0, 1400, needs: Evasion), Number("--ttl", 1, 255, needs: Evasion),
    ];

    private static readonly FrozenDictionary<string, NmapFlag> ByName = InOrder.ToFrozenDictionary(flag => flag.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => InOrder.Select(flag => flag.Name);

    public static NmapFlag? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The flag of this name, which the table is known to have.</summary>
    public static NmapFlag Get(string name) => ByName[name];

    /// <summary>The flag that has a value attached to it, as in <c>-p80</c>.</summary>
    public static NmapFlag? FindAttached(string token) => InOrder.FirstOrDefault(flag =>
        flag.Form is ValueForm.SeparateOrAttached or ValueForm.OptionalAttached && token.Length > flag.Name.Length
        && token.StartsWith(flag.Name, StringComparison.Ordinal));

    private static NmapFlag Plain(string name, string? slot = null, FlagNeeds needs = FlagNeeds.None) => new(name, slot ?? name, ValueForm.None, needs);

    private static NmapFlag Ping(string name, FlagNeeds needs = FlagNeeds.None) => new(name, name, ValueForm.OptionalAttached, needs, PlainPorts);

    private static NmapFlag Number(string name, int least, int most, string? slot = null, FlagNeeds needs = FlagNeeds.None, int step = 1)
        => new(name, slot ?? name, ValueForm.Separate, needs, text =>
            Digits.TryRead(text, out var value) && value >= least && value <= most && value % step == 0
                ? null
                : $"takes a number from {least} to {most}{(step == 1 ? "" : $", a multiple of {step}")}");

    private static NmapFlag Time(string name, TimeSpan least, TimeSpan most)
        => new(name, name, ValueForm.Separate, FlagNeeds.None, text =>
            NmapTime.TryParse(text, out var span) && span >= least && span <= most
                ? null
                : $"takes a time such as 500ms, 30s or 5m, from {least.TotalSeconds} to {most.TotalSeconds} seconds");

    private static string? Ports(string text) => PortList.TryParse(text, out _, out var problem) ? null : problem;

    private static string? PlainPorts(string text) => PortList.TryParse(text, out var list, out _) && !list.HasPrefixes && text != "-"
        ? null
        : "takes ports 1 to 65535 as N or N-M separated by commas";

    private static string? Scripts(string text) => Array.TrueForAll(text.Split(','), ScriptName.IsToken)
        ? null
        : "takes script names or categories separated by commas; no path, no wildcard, no expression";

    /// <summary>The form only: whether each decoy may be a target is for the target rule to say.</summary>
    private static string? Decoys(string text) => DecoysIn(text) is { } decoys && decoys.Count <= MaxDecoys
        ? null
        : $"takes ME and at most {MaxDecoys} IPv4 addresses separated by commas";

    /// <summary>The addresses among decoys, or null when one is neither <c>ME</c> nor an address.</summary>
    public static IReadOnlyList<Ipv4>? DecoysIn(string text)
    {
        List<Ipv4> decoys = [];
        foreach (var item in text.Split(','))
        {
            if (item == "ME") continue;
            if (!Ipv4.TryParse(item, out var address)) return null;
            decoys.Add(address);
        }

        return decoys;
    }
}
