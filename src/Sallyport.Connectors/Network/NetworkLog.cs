using Microsoft.Extensions.Logging;
using Sallyport.Core.Processes;

namespace Sallyport.Connectors.Network;

/// <summary>What the network tools write to the log: counts and ids, never a target or a caller's text.</summary>
internal static partial class NetworkLog
{
    [LoggerMessage(LogLevel.Information, "Scan {CallId} starts: {Addresses} addresses, {Probes} probes")]
    public static partial void ScanStarts(ILogger log, string callId, long addresses, long probes);

    [LoggerMessage(LogLevel.Information, "Scan {CallId} ended: {End}, exit code {ExitCode}, {Seconds} s, {HostsUp} hosts up")]
    public static partial void ScanEnded(ILogger log, string callId, ProcessEnd end, int exitCode, double seconds, int hostsUp);

    [LoggerMessage(LogLevel.Error, "Background scan {ScanId} broke: {ErrorClass}\n{Stack}")]
    public static partial void JobBroke(ILogger log, string scanId, string errorClass, string? stack);

    [LoggerMessage(LogLevel.Warning, "Scan {CallId} is intrusive and allowed by the operator; {Scripts} scripts")]
    public static partial void IntrusiveGranted(ILogger log, string callId, int scripts);
}
