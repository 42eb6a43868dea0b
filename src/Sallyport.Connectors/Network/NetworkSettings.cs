using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sallyport.Connectors.Network.Custom;
using Sallyport.Connectors.Network.Jobs;
using Sallyport.Connectors.Network.Running;
using Sallyport.Connectors.Network.Targets;
using Sallyport.Core.Processes;
using Sallyport.Core.Schemas;

namespace Sallyport.Connectors.Network;

/// <summary>What an operator allows the network tools of one tenant to do.</summary>
internal sealed record NetworkSettings(
    [Description("What may be a target: RFC1918, loopback, loopback6, ULA, a DNS suffix such as .lab.internal, a network (IPv6: unique-local only).")]
    IReadOnlyList<string>? AllowedTargets = null,
    [Description("What may never be a target, in the same words; wins over allowedTargets.")] IReadOnlyList<string>? DeniedTargets = null,
    [Description("Allows scans that can disturb a target: intrusive scripts, evasion options, nmap -A.")] bool AllowIntrusive = false,
    [Description("Lets allowIntrusive be turned on while the gate runs; itself it takes effect with a start only.")] bool AllowIntrusiveReload = false,
    [Description("Name servers to ask, as addresses that are themselves allowed targets; the system's resolver when empty.")]
    IReadOnlyList<string>? DnsServers = null,
    [Description("Seconds a scan may take when the call does not say."), Range(1, 3600)] int ScanSeconds = 600,
    [Description("Seconds no run may exceed, whatever the call says."), Range(1, 3600)] int MaxSeconds = 3600,
    [Description("Scans at a time."), Range(1, 5)] int ScanConcurrency = 1,
    [Description("Programs at a time, scans included."), Range(1, 100)] int Concurrency = 4,
    [Description("Name look-ups: 30 seconds, 5 at a time.")] RunLimits? Dns = null,
    [Description("Pings: 30 seconds, 5 at a time.")] RunLimits? Ping = null,
    [Description("Route traces: 60 seconds, 3 at a time.")] RunLimits? Traceroute = null,
    [Description("TLS inspections: 30 seconds, 5 at a time.")] RunLimits? Tls = null,
    [Description("Longest extra_args, in bytes."), Range(1, 10240)] int MaxArgumentBytes = 2048,
    [Description("Standard output kept of one run, in bytes."), Range(1024, 10485760)] int MaxOutputBytes = 1048576,
    [Description("Standard error kept of one run, in bytes."), Range(1024, 10485760)] int MaxErrorBytes = 262144,
    [Description("Memory of one program, in MiB."), Range(128, 8192)] int MaxMemoryMegabytes = 512,
    [Description("Open files of one program."), Range(64, 4096)] int MaxOpenFiles = 256,
    [Description("Programs of your own, offered as tools.")] IReadOnlyList<CustomToolSettings>? CustomTools = null,
    [Description("Scans that are started by the clock.")] IReadOnlyList<ScheduledScan>? Schedules = null)
{
    private static readonly string[] DefaultTargets = ["RFC1918", "loopback", ".lab.internal"];

    /// <summary>What one program may use.</summary>
    internal ProcessLimits Limits => new(MaxMemoryMegabytes * 1024L * 1024, MaxOpenFiles, OutputBytes: MaxOutputBytes, ErrorBytes: MaxErrorBytes);

    /// <summary>Rules that a schema cannot say.</summary>
    public static IEnumerable<SchemaError> Check(NetworkSettings settings)
    {
        List<SchemaError> errors = [];
        var rule = settings.Rule((list, problem) => errors.Add(new SchemaError(list, problem)));
        foreach (var server in settings.DnsServers ?? [])
            if (!Ipv4.TryParse(server, out var address) || rule.Check(Ipv4Range.Of(address)) is not TargetVerdict.Allowed)
                errors.Add(new SchemaError("dnsServers", $"'{server}' must be an IPv4 address that is an allowed target"));
        return errors;
    }

    /// <summary>The rule over this tenant's targets. A list that is given empty allows nothing.</summary>
    public TargetRule Rule(Action<string, string>? problem = null) => new(
        TargetList.Parse(AllowedTargets ?? DefaultTargets, text => problem?.Invoke("allowedTargets", text)),
        TargetList.Parse(DeniedTargets ?? [], text => problem?.Invoke("deniedTargets", text)));
}
