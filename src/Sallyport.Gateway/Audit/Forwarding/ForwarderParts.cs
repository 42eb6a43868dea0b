using Microsoft.Extensions.Logging;

namespace Sallyport.Gateway.Audit.Forwarding;

/// <summary>The log as those see it who send it elsewhere.</summary>
/// <param name="Log">Its file.</param>
/// <param name="Written">How many bytes this process has written to it.</param>
/// <param name="Record">Writes a record into the chain.</param>
/// <param name="MaxWaitingBytes">How far a receiver may fall behind.</param>
/// <param name="IsRefusing">Whether calls are refused then, rather than records skipped.</param>
internal sealed record ForwarderParts(
    string Log, Func<long> Written, Action<AuditEntry> Record, long MaxWaitingBytes, bool IsRefusing, TimeProvider Clock, ILogger Logger);
