namespace Sallyport.Connectors.Network.Nmap.Results;

/// <summary>The part of a run that a model needs: what is open, counts for the rest, the best guess, the start of long outputs.</summary>
internal static class NmapView
{
    /// <summary>Characters kept of one script's output.</summary>
    private const int MaxOutput = 4096;

    /// <summary>Hosts that are down were asked for by address and are only counted.</summary>
    public static NmapRun WithoutDownHosts(NmapRun run) => run with { Hosts = [.. run.Hosts.Where(host => host.Status != "down")] };

    public static NmapHost Compact(NmapHost host) => host with
    {
        Ports = host.Ports?.Where(IsInteresting).Select(port => port with { Scripts = Compact(port.Scripts) }).ToList().OrNull(),
        OtherPorts = Counts(host),
        HostScripts = Compact(host.HostScripts),
        Os = host.Os is null ? null : host.Os with { Matches = [.. host.Os.Matches.Take(1)], PortsUsed = null },
    };

    private static bool IsInteresting(NmapPort port) => port.State is "open" or "open|filtered";

    /// <summary>Listed ports that are left out are counted with those that nmap itself only counted.</summary>
    private static IReadOnlyList<NmapPortCount>? Counts(NmapHost host)
    {
        var listed = host.Ports?.Where(port => !IsInteresting(port)).Select(port => (port.State, port.Reason, Count: 1)) ?? [];
        var counted = host.OtherPorts?.SelectMany(other => other.Reasons is null
            ? [(other.State, Reason: null, other.Count)]
            : other.Reasons.Select(reason => (other.State, Reason: (string?)reason.Reason, reason.Count))) ?? [];
        return counted.Concat(listed).GroupBy(port => port.State)
            .Select(state => new NmapPortCount(state.Key, state.Sum(port => port.Count), state.Where(port => port.Reason is not null)
                .GroupBy(port => port.Reason!).Select(reason => new NmapReasonCount(reason.Key, reason.Sum(port => port.Count))).ToList().OrNull()))
            .ToList().OrNull();
    }

    public static IReadOnlyList<NmapScript>? Compact(IReadOnlyList<NmapScript>? scripts)
        => scripts?.Select(script => script.Output is { Length: > MaxOutput } output ? Cut(script, output) : script).ToList();

    private static NmapScript Cut(NmapScript script, string output)
    {
        var kept = char.IsHighSurrogate(output[MaxOutput - 1]) ? MaxOutput - 1 : MaxOutput;
        return script with { Output = output[..kept], OutputLeftOut = output.Length - kept };
    }
}
