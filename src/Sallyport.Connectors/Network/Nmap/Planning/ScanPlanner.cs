using System.Globalization;
using Sallyport.Connectors.Network.Nmap.Scripts;
using Sallyport.Connectors.Network.Targets;
using Sallyport.Core;

namespace Sallyport.Connectors.Network.Nmap.Planning;

/// <summary>What the operator and the machine allow a scan to be.</summary>
/// <param name="HasRawSockets">nmap may open raw sockets here (CAP_NET_RAW).</param>
/// <param name="MaxArgumentBytes">Longest <c>extra_args</c>.</param>
internal sealed record ScanLimits(bool AllowIntrusive, bool HasRawSockets, int MaxArgumentBytes = 2048, long MaxProbes = 1_048_576);

/// <summary>
/// Turns a request into the one argument list that nmap gets: template, typed fields over it, extra arguments beside them,
/// defaults for what is missing. Anything it does not understand refuses the call.
/// </summary>
internal sealed class ScanPlanner(ScanLimits limits, TargetRule targets, ScriptPolicy? scripts)
{
    private const int DefaultTopPorts = 1000;

    /// <summary>Fewer probes at a time make a firewalled network take longer than any timeout.</summary>
    private const string DefaultParallelism = "100";

    public ScanPlan Plan(ScanTarget target, ScanRequest request)
    {
        var options = new OptionSet();
        if (request.Template is { } template) Templates.AddTo(options, template);
        TypedFields.AddTo(options, request);
        ExtraArguments.AddTo(options, request.ExtraArguments, limits.MaxArgumentBytes);
        if (target.Addresses > 1) options.RemoveTemplated(NmapFlags.NoPingSlot);
        SpellOutEverything(options);
        var (names, areIntrusive) = SelectScripts(options);
        var downgrade = AddDefaults(options, target);
        OptionRules.Check(options);
        var needs = options.InOrder.Aggregate(areIntrusive ? FlagNeeds.Intrusive : FlagNeeds.None, (all, option) => all | option.Flag.Needs);
        CheckNeeds(options, needs);
        CheckDecoys(options);
        return new ScanPlan(
            target, [.. options.InOrder.SelectMany(option => Spell(option.Flag, option.Value))], CountProbes(options, target),
            needs.HasFlag(FlagNeeds.Intrusive), limits.HasRawSockets, downgrade, names, options.Has("--host-timeout"), request.ResolveNames);
    }

    /// <summary>-A would run nmap's own default scripts; spelled out, the script rules hold for them too.</summary>
    private static void SpellOutEverything(OptionSet options)
    {
        if (!options.Has(NmapFlags.EverythingSlot)) return;
        foreach (var name in (string[])["-O", "-sV", "-sC", "--traceroute"])
            if (!options.IsDecided(NmapFlags.Get(name).Slot))
                options.Add(OptionSource.ExtraArguments, name);
    }

    private (IReadOnlyList<string> Names, bool AreIntrusive) SelectScripts(OptionSet options)
    {
        var asked = options.ValueOf(NmapFlags.ScriptsSlot)?.Split(',').ToList() ?? [];
        if (options.Has(NmapFlags.DefaultScriptsSlot)) asked.Add("default");
        options.Remove(NmapFlags.DefaultScriptsSlot);
        options.Remove(NmapFlags.ScriptsSlot);
        if (asked.Count == 0) return ([], false);
        if (scripts is null) throw new InvalidArgumentsException("This nmap has no script index, so no script can be run.");
        var selected = scripts.Select(asked);
        if (selected.Names.Count > 0) options.AddOwn("--script", string.Join(',', selected.Names));
        return selected;
    }

    /// <summary>What nobody decided; returns why the scan is weaker than nmap would make it by itself, if it is.</summary>
    private string? AddDefaults(OptionSet options, ScanTarget target)
    {
        Default(NmapFlags.TimingSlot, "-T4");
        Default(NmapFlags.ParallelismSlot, "--max-parallelism", DefaultParallelism);
        if (options.Has(NmapFlags.PingOnlySlot)) return null;

        Default(NmapFlags.PortsSlot, "--top-ports", DefaultTopPorts.ToString(CultureInfo.InvariantCulture));
        if (target.Addresses == 1 && !OptionRules.Discovers(options)) Default(NmapFlags.NoPingSlot, "-Pn");
        if (options.Has(NmapFlags.TcpSlot) || options.Has(NmapFlags.UdpSlot)) return null;
        Default(NmapFlags.TcpSlot, limits.HasRawSockets ? "-sS" : "-sT");
        return limits.HasRawSockets ? null : "connect scan in place of SYN scan: no CAP_NET_RAW";

        void Default(string slot, string name, string? value = null)
        {
            if (!options.IsDecided(slot)) options.Add(OptionSource.Template, name, value);
        }
    }

    private void CheckNeeds(OptionSet options, FlagNeeds needs)
    {
        if (needs.HasFlag(FlagNeeds.Intrusive) && !limits.AllowIntrusive)
            throw new InvalidArgumentsException(
                $"{NamesOf(FlagNeeds.Intrusive)} is intrusive and the operator has not allowed intrusive scans for this tenant (network.allowIntrusive).");
        if (needs.HasFlag(FlagNeeds.RawSockets) && !limits.HasRawSockets)
            throw new UpstreamException(UpstreamFailure.Forbidden, $"{NamesOf(FlagNeeds.RawSockets)} needs raw sockets, which this service may not open (privilege_denied).")
            {
                Hint = "Use scan 'connect' without OS detection and traceroute, or give the service CAP_NET_RAW as an ambient capability.",
            };

        string NamesOf(FlagNeeds need)
        {
            var named = options.InOrder.Where(option => option.Flag.Needs.HasFlag(need)).Select(option => option.Flag.Name).ToList();
            return named.Count > 0 ? string.Join(", ", named) : "One of the scripts asked for";
        }
    }

    /// <summary>The target answers the decoys, so each of them is a target too.</summary>
    private void CheckDecoys(OptionSet options)
    {
        foreach (var decoy in NmapFlags.DecoysIn(options.ValueOf("-D") ?? "ME")!)
            if (targets.Check(Ipv4Range.Of(decoy)) is TargetVerdict.Refused refused)
                throw refused.ToException("A decoy may not be used: ");
    }

    private long CountProbes(OptionSet options, ScanTarget target)
    {
        if (options.Has(NmapFlags.PingOnlySlot)) return target.Addresses;
        var (tcp, udp) = options.ValueOf(NmapFlags.PortsSlot) is var value && OptionRules.ListedPorts(options) is { } list
            ? (list.Tcp, list.Udp)
            : (long.Parse(value!, CultureInfo.InvariantCulture), long.Parse(value!, CultureInfo.InvariantCulture));
        var ports = (options.Has(NmapFlags.TcpSlot) ? tcp : 0) + (options.Has(NmapFlags.UdpSlot) ? udp : 0);
        var probes = target.Addresses * ports;
        return probes <= limits.MaxProbes ? probes : throw new InvalidArgumentsException(
            $"{target.Addresses} addresses times {ports} ports are {probes} probes; the limit is {limits.MaxProbes}. Ask for fewer ports or a smaller network.");
    }

    private static IEnumerable<string> Spell(NmapFlag flag, string? value) => flag.Form switch
    {
        // Its parts are spelled out.
        _ when flag.Slot == NmapFlags.EverythingSlot => [],
        // We decide about names ourselves, with the forced options.
        _ when flag.Name == "-n" => [],
        ValueForm.OptionalAttached => [flag.Name + value],
        ValueForm.None => [flag.Name],
        _ when flag.Slot == NmapFlags.PortsSlot && value == "-" => [flag.Name, PortList.All.Text],
        _ => [flag.Name, value!],
    };
}
