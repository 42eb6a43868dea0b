using Microsoft.Extensions.Logging;
using Sallyport.Connectors.Network.Nmap;
using Sallyport.Core.Processes;

namespace Sallyport.Connectors.Network;

/// <summary>What the network tools write to the log: counts and ids, never a target or a caller's text.</summary>
internal static partial class NetworkLog
{
    public static void ScanEnded(ILogger log, string id, ScanOutcome outcome)
    {
        NetworkMetrics.Ran(outcome.Plan.Tool, outcome.Output, outcome.Error);
        ScanEnded(log, id, outcome.End, outcome.ExitCode, outcome.RunTime.TotalSeconds, outcome.Output.TotalBytes, outcome.Run.Totals.HostsUp, outcome.Run.Totals.PortsOpen);
    }

    [LoggerMessage(Level = LogLevel.Information, EventName = "scan-started", Message = "Scan {CallId} starts: {Addresses} addresses, {Probes} probes")]
    public static partial void ScanStarts(ILogger log, string callId, long addresses, long probes);

    [LoggerMessage(Level = LogLevel.Error, EventName = "scan-broke", Message = "Background scan {ScanId} broke: {ErrorClass}\n{Stack}")]
    public static partial void JobBroke(ILogger log, string scanId, string errorClass, string? stack);

    [LoggerMessage(Level = LogLevel.Warning, EventName = "intrusive-granted", Message = "Scan {CallId} is intrusive and allowed by the operator; {Scripts} scripts")]
    public static partial void IntrusiveGranted(ILogger log, string callId, int scripts);

    [LoggerMessage(Level = LogLevel.Information, EventName = "scan-ended", Message = "Scan {CallId} ended: {End}, exit code {ExitCode}, {Seconds} s, {Bytes} bytes printed, {HostsUp} hosts up, {PortsOpen} ports open")]
    private static partial void ScanEnded(ILogger log, string callId, ProcessEnd end, int exitCode, double seconds, long bytes, int hostsUp, int portsOpen);
}
