using System.Globalization;
using Sallyport.Core;

namespace Sallyport.Connectors.Network.Nmap.Planning;

/// <summary>Combinations of options that nmap would refuse, ignore in silence, or understand differently from its caller.</summary>
internal static class OptionRules
{
    private static readonly string[] Probes = ["-PS", "-PA", "-PU", "-PY"];
    private static readonly string[] RawPackets = ["fragments", "-D", "source port", "--data-length", "--ttl"];
    private static readonly string[] NotWithoutPorts =
        [NmapFlags.PortsSlot, NmapFlags.TcpSlot, NmapFlags.UdpSlot, NmapFlags.ScriptsSlot, NmapFlags.NoPingSlot, "-sV", "-O"];

    public static bool Discovers(OptionSet options) => Array.Exists(Probes, options.Has);

    /// <summary>The ports when they are listed, null when the most common ones are asked for.</summary>
    public static PortList? ListedPorts(OptionSet options)
        => options.InOrder.Any(option => option.Flag.Name == "-p") && PortList.TryParse(options.ValueOf(NmapFlags.PortsSlot)!, out var list, out _)
            ? list
            : null;

    public static void Check(OptionSet options)
    {
        if (options.Has(NmapFlags.PingOnlySlot) && Array.Find(NotWithoutPorts, options.Has) is { } slot)
            throw new InvalidArgumentsException($"Host discovery only (-sn) probes no ports, so it cannot be combined with {slot}.");
        if (options.Has(NmapFlags.NoPingSlot) && Discovers(options))
            throw new InvalidArgumentsException("-Pn skips host discovery, so it cannot be combined with -PS, -PA, -PU or -PY.");
        if (Number(options, "--min-rate") > Number(options, "--max-rate"))
            throw new InvalidArgumentsException("min_rate is higher than max_rate.");
        if (ListedPorts(options) is { HasPrefixes: true } && !(options.Has(NmapFlags.TcpSlot) && options.Has(NmapFlags.UdpSlot)))
            throw new InvalidArgumentsException("T: and U: in a port list need scan 'syn_and_udp'.");
        if (options.InOrder.Any(option => option.Flag.Name == "-sT") && Array.Exists(RawPackets, options.Has))
            throw new InvalidArgumentsException("A connect scan sends no packets of its own, so options that shape packets do nothing with it.");
    }

    private static int? Number(OptionSet options, string slot)
        => options.ValueOf(slot) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
