using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Observability;

namespace Sallyport.Gateway.Pipeline;

/// <summary>The two audit records of every call: one before anything is decided, one when it has ended.</summary>
internal sealed partial class CallRecords(PipelineParts parts)
{
    private const string Unprintable = "(unprintable)";
    private const int LongestToolName = 64;

    private static SchemaNode EmptySchema { get; } = new();

    public static AuditCallOpened Opened(
        string id, string caller, string? claimed, CatalogEntry? entry, string tool, string? tenant, CallArguments arguments, string? approval) => new(
        id, caller, claimed, tenant, tool,
        entry is null ? null : entry.Tool.Access == ToolAccess.Read ? "read" : "write",
        AuditedArguments.Redact(arguments.All, entry?.Schema.Root ?? EmptySchema, entry?.Tool.AuditedText ?? []),
        Convert.ToHexStringLower(SHA256.HashData(arguments.All.Span)),
        approval is not null && HeldCall.IsId(approval) ? approval : null);

    /// <summary>A name that no tool has, as far as it can be shown.</summary>
    public static string Printable(string tool)
        => tool.Length is > 0 and <= LongestToolName && tool.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':') ? tool : Unprintable;

    /// <summary>Null when the record is written; otherwise how the call ends, because nothing runs that is not recorded.</summary>
    public async Task<ToolOutcome?> TryOpenAsync(AuditCallOpened opened, bool durable)
    {
        try
        {
            // Not cancellable: a record half written would have to be repaired.
            await parts.Audit.OpenCallAsync(opened, durable, CancellationToken.None);
            return null;
        }
        catch (AuditUnavailableException exception)
        {
            LogAudit(parts.Log, opened.CallId, exception.Message);
            return new ToolOutcome.Refused(
                opened.CallId, new ToolError(ErrorCode.AuditUnavailable, "The audit cannot be written, so nothing runs.") { Hint = "Tell the operator." }, "audit");
        }
    }

    /// <summary>The outcome itself: once something has happened, a record that cannot be written changes nothing about it.</summary>
    public async Task<ToolOutcome> CloseAsync(AuditCallOpened opened, ToolOutcome outcome, long started, ReadLink? readBefore = null, IReadOnlyList<string>? taintedBy = null)
    {
        var (word, bytes) = outcome switch
        {
            ToolOutcome.Succeeded succeeded => ("succeeded", succeeded.Json.Length),
            ToolOutcome.Refused => ("refused", 0),
            ToolOutcome.Held => ("held", 0),
            _ => ("failed", 0),
        };
        try
        {
            await parts.Audit.CloseCallAsync(new AuditCallClosed(
                opened, word, outcome.Problem?.Code, (outcome as ToolOutcome.Refused)?.Gate, parts.Time.GetElapsedTime(started), bytes,
                readBefore?.Ids, readBefore?.Total, outcome.Problem?.ApprovalId ?? opened.Approval)
            {
                InstructionLike = outcome is ToolOutcome.Succeeded { InstructionLike: { Count: > 0 } members } ? members : null,
                TaintedBy = taintedBy is { Count: > 0 } ? taintedBy : null,
            });
        }
        catch (AuditUnavailableException exception)
        {
            CallMetrics.CloseUnaudited();
            // The open record stands, so the call is in the audit; how it ended is in the log.
            LogAudit(parts.Log, opened.CallId, exception.Message);
        }

        parts.Events?.CallEnded(opened, outcome, parts.Time.GetElapsedTime(started));
        return outcome;
    }

    [LoggerMessage(Level = LogLevel.Critical, EventName = "audit-unavailable", Message = "Call {CallId}: {Reason}")]
    private static partial void LogAudit(ILogger log, string callId, string reason);
}
