using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Sallyport.Core;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Discovery;
using Sallyport.Gateway.Observability;
using Sallyport.Gateway.Policy;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Gateway.Pipeline;

/// <summary>
/// The one road for every call: find the tool and the tenant, open the audit, ask the gates, run the handler, shape the
/// result, close the audit. A call that a gate forbids never reaches a platform; a call that happened is in the audit.
/// </summary>
public sealed partial class ToolCallPipeline(PipelineParts parts)
{
    private const string Unprintable = "(unprintable)";
    private const int LongestToolName = 64;

    private InnerCalls Inner => field ??= new InnerCalls(RunAsync, parts.Time);

    public async Task<ToolOutcome> RunAsync(ToolCallRequest request, CancellationToken cancellationToken)
    {
        var entry = parts.Catalog.Find(request.Tool);
        if (entry is { IsRelay: true })
            return await RelayAsync(request, entry, cancellationToken);
        var arguments = CallArguments.Read(request.Arguments, entry?.Tool, request.Tool);
        if (entry is null)
        {
            var reason = parts.Catalog.ReasonFor(request.Tool) ?? "Unknown tool.";
            return await RefuseUnplacedAsync(request, null, arguments, new ToolError(ErrorCode.UnknownTool, reason) { Hint = "List the tools, or search them, and use a name from there." });
        }

        return parts.Tenants.Choose(request.Caller, arguments.Tenant, entry) switch
        {
            TenantChoice.One one => await RunAsync(Call(request, entry, one.Tenant, arguments), parts.Limits.ResponseBytes, cancellationToken),
            TenantChoice.Many when entry.Tool.Access == ToolAccess.Write => await RefuseUnplacedAsync(
                request, entry, arguments, new ToolError(ErrorCode.TenantRequired, "A change is made in one tenant at a time.") { Hint = "Name one tenant instead of '*'." }),
            TenantChoice.Many many => await RunForAllAsync(request, entry, many.Tenants, arguments, cancellationToken),
            TenantChoice.None none => await RefuseUnplacedAsync(request, entry, arguments, new ToolError(none.Code, none.Message) { Hint = none.Hint }),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>The calls of all tenants belong to one span.</summary>
    private async Task<ToolOutcome> RunForAllAsync(
        ToolCallRequest request, CatalogEntry entry, IReadOnlyList<Tenant> tenants, CallArguments arguments, CancellationToken cancellationToken)
    {
        var started = parts.Time.GetTimestamp();
        using var span = CallObservation.Joint(entry, request.Trace);
        var joined = request with { Trace = span?.Context ?? request.Trace };
        var outcome = await FanOut.RunAsync(this, [.. tenants.Select(tenant => Call(joined, entry, tenant, arguments) with { IsShare = true })], parts, cancellationToken);
        CallLog.Joined(parts.Log, entry, tenants.Count, outcome, parts.Time.GetElapsedTime(started));
        return outcome;
    }

    /// <summary>The call inside takes the whole road; a relay that is switched off or carries no call is refused itself.</summary>
    private async Task<ToolOutcome> RelayAsync(ToolCallRequest request, CatalogEntry relay, CancellationToken cancellationToken)
    {
        if (parts.Gates.OfType<SwitchedOffGate>().FirstOrDefault()?.Refusal(relay.Tool) is { } off)
            return await RefuseUnplacedAsync(request, relay, CallArguments.Read(request.Arguments), new ToolError(off.Code, off.Message) { Hint = off.Hint });
        return RelayedCall.TryUnwrap(request, relay, parts.Catalog, out var inner, out var mistake)
            ? await RunAsync(inner, cancellationToken)
            : await RefuseUnplacedAsync(request, relay, CallArguments.Read(request.Arguments), mistake);
    }

    /// <summary>One call for one tenant, with its own pair of audit records.</summary>
    internal async Task<ToolOutcome> RunAsync(ToolCall call, int responseBytes, CancellationToken cancellationToken)
    {
        var tenant = call.Tenant == Tenant.None ? null : call.Tenant.Id;
        using var observed = CallObservation.Begin(call.Entry, tenant, call.Id, call.Trace, parts);
        var started = parts.Time.GetTimestamp();
        var opened = Opened(call.Id, call.Caller.Subject, call.Caller.ClaimedClient, call.Entry, call.Entry.Name, tenant, call.Arguments, call.Approval);
        if (await TryOpenAsync(opened, call.Tool.Access == ToolAccess.Write) is { } unaudited)
            return observed.End(unaudited, opened, call);
        using var watched = parts.Events?.CallStarted(opened);
        var outcome = await DecideAndExecuteAsync(call, opened, observed.Span, responseBytes, cancellationToken);
        return observed.End(
            await CloseAsync(opened, outcome, started, call.Tool.Access == ToolAccess.Write ? parts.ReadLinks.Before(call) : null, call.TaintedBy), opened, call);
    }

    private async Task<ToolOutcome> DecideAndExecuteAsync(ToolCall call, AuditCallOpened opened, Activity? span, int responseBytes, CancellationToken cancellationToken)
    {
        try
        {
            if (call.Answer is { } answer && !await parts.Approvals.TryTakeAnswerAsync(call, answer, cancellationToken))
            {
                return new ToolOutcome.Refused(
                    call.Id, new ToolError(ErrorCode.InvalidArguments, "This request state is not open for this call.") { Hint = "Call again without it." }, ToolOutcome.RequestState);
            }

            var stopped = await AskGatesAsync(call, span, cancellationToken);
            CallLog.Invoked(parts.Log, opened, call.Entry, stopped);
            return stopped ?? Noted(call, await parts.Execution.RunAsync(call, responseBytes, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new ToolOutcome.Failed(call.Id, new ToolError(ErrorCode.Cancelled, "The caller cancelled the call."));
        }
        catch (ApprovalsUnavailableException exception)
        {
            LogApprovals(parts.Log, call.Id, exception.Message);
            return new ToolOutcome.Refused(
                call.Id, new ToolError(ErrorCode.ApprovalUnavailable, "Nobody can be asked just now, so this does not run.") { Hint = "Tell the operator, and try again later." }, "approval");
        }
#pragma warning disable CA1031 // The one place that catches bugs: the caller learns the call id, the log the rest.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogBug(parts.Log, call.Id, call.Entry.Name, exception.GetType().Name, exception.StackTrace);
            return new ToolOutcome.Failed(call.Id, new ToolError(ErrorCode.Internal, $"Something broke inside the gate; the operator finds it under call id {call.Id}."));
        }
    }

    /// <summary>What is given out is counted and remembered before it leaves, and where a bug in that would still be closed in the audit.</summary>
    private ToolOutcome Noted(ToolCall call, ToolOutcome outcome)
    {
        if (outcome is not ToolOutcome.Succeeded { Json: var json })
            return outcome;
        // What its parts found is in the whole, and counted there.
        if (call.Parent is null)
            parts.Output?.Note(call, json.Length);
        parts.Approvals.Taint.Note(call, json.Span);
        return outcome;
    }

    /// <summary>Null when the call may go on; every claim is taken before anything reaches a platform.</summary>
    private async Task<ToolOutcome?> AskGatesAsync(ToolCall call, Activity? span, CancellationToken cancellationToken)
    {
        List<(IGate Gate, Func<CancellationToken, ValueTask<GateDecision.Refused?>> Claim)> claims = [];
        foreach (var gate in parts.Gates)
        {
            var decision = await gate.CheckAsync(call, cancellationToken);
            CallObservation.Decided(span, gate, decision);
            switch (decision)
            {
                case GateDecision.Refused refused:
                    return Refuse(call, gate, refused);
                case GateDecision.Held held:
                    return await HoldAsync(call, held, cancellationToken);
                case GateDecision.Allowed { Claim: { } claim }:
                    claims.Add((gate, claim));
                    break;
                case GateDecision.Allowed:
                    break;
                default:
                    throw new UnreachableException($"Gate '{gate.Name}' did not decide.");
            }
        }

        foreach (var (gate, claim) in claims)
        {
            if (await claim(cancellationToken) is { } late)
            {
                CallObservation.Decided(span, gate, late);
                return Refuse(call, gate, late);
            }
        }

        return null;
    }

    private static ToolOutcome.Refused Refuse(ToolCall call, IGate gate, GateDecision.Refused refused) => new(
        call.Id,
        new ToolError(refused.Code, refused.Message) { Hint = refused.Hint, RetryAfter = refused.RetryAfter is { } wait ? ToolError.Seconds(wait) : null },
        gate.Name);

    private async Task<ToolOutcome> HoldAsync(ToolCall call, GateDecision.Held decision, CancellationToken cancellationToken)
    {
        var shown = ShownArguments.Of(call.Arguments.ForTool);
        var asked = new HeldCall(
            HeldCall.NewId(), call.Id, call.Entry.Name, call.Tenant.Id, call.Caller.Subject, shown, call.Digest, decision.Reason,
            parts.Time.GetUtcNow() + parts.Approvals.Policy.ExpiresAfter, decision.Approvers)
        {
            TaintedBy = call.TaintedBy,
        };
        if (await parts.Approvals.HoldAsync(asked, cancellationToken) is not { } held)
        {
            return new ToolOutcome.Refused(
                call.Id, new ToolError(ErrorCode.RateLimited, "Too many of your calls wait for a person already.") { Hint = "Have some of them decided first." }, "approval");
        }

        var page = parts.Approvals.Policy.Page is { } address ? new Uri(address, $"approvals/{held.Id}").AbsoluteUri : $"/approvals/{held.Id}";
        return new ToolOutcome.Held(call.Id, new ToolError(ErrorCode.ApprovalRequired, $"{decision.Reason} A person must approve {call.Entry.Name} on tenant '{call.Tenant.Id}'.")
        {
            ApprovalId = held.Id,
            Held = new HeldNotice(
                call.Entry.Name, call.Tool.Description, call.Tenant.Id, AuditedArguments.Redact(call.Arguments.ForTool, call.Entry.Schema.Root, call.Tool.AuditedText), held)
            {
                AcknowledgementCounts = parts.Approvals.CountsAcknowledgement(call, held),
            },
            Hint = $"Ask {(held.Approvers == 1 ? "a person" : $"{held.Approvers} people")} to open {page} or to run 'sallyport approvals approve {held.Id}'; then repeat the same call with \"approval\": \"{held.Id}\".",
        });
    }

    private ToolCall Call(ToolCallRequest request, CatalogEntry entry, Tenant tenant, CallArguments arguments)
        => new(CallId.New(parts.Time), entry, tenant, request.Caller, arguments)
        {
            Progress = request.Progress,
            Answer = request.Answer,
            Approval = request.Answer is { } answer ? answer.ApprovalId : arguments.Approval,
            Trace = request.Trace,
            Inner = entry.Sources.Count > 0 ? Inner : null,
            TaintedBy = entry.Tool.Access == ToolAccess.Write ? parts.Approvals.Taint.Trace(request.Caller.Subject, entry.Tool, arguments.ForTool.Span) : [],
            Account = request.Caller.Account is { } account && account.Tenant == tenant.Id && account.Connector == entry.Connector.Id ? account : null,
        };

    /// <summary>A call that names no tool or no tenant is refused, and recorded like any other.</summary>
    private async Task<ToolOutcome> RefuseUnplacedAsync(ToolCallRequest request, CatalogEntry? entry, CallArguments arguments, ToolError error)
    {
        var started = parts.Time.GetTimestamp();
        var id = CallId.New(parts.Time);
        using var observed = CallObservation.Begin(entry, null, id, request.Trace, parts);
        var opened = Opened(id, request.Caller.Subject, request.Caller.ClaimedClient, entry, entry?.Name ?? Printable(request.Tool), null, arguments, arguments.Approval);
        if (await TryOpenAsync(opened, durable: false) is { } unaudited)
            return observed.End(unaudited, opened);
        if (entry is null)
            CallLog.Unknown(parts.Log, id, request.Caller.Subject, request.Tool.Length);
        else
            CallLog.Invoked(parts.Log, opened, entry, isRejected: true);
        return observed.End(await CloseAsync(opened, new ToolOutcome.Refused(id, error, GateOf(entry, error)), started), opened);
    }

    /// <summary>Where a call ended that never became one: its name, its tenant, or what it carried was not known.</summary>
    private static string GateOf(CatalogEntry? entry, ToolError error) => entry switch
    {
        null => "catalogue",
        { IsRelay: true } when error.Code == ErrorCode.ToolDisabled => "switched-off",
        { IsRelay: true } => "arguments",
        _ => "tenant",
    };

    private async Task<ToolOutcome?> TryOpenAsync(AuditCallOpened opened, bool durable)
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

    private async Task<ToolOutcome> CloseAsync(AuditCallOpened opened, ToolOutcome outcome, long started, ReadLink? readBefore = null, IReadOnlyList<string>? taintedBy = null)
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

    private static AuditCallOpened Opened(
        string id, string caller, string? claimed, CatalogEntry? entry, string tool, string? tenant, CallArguments arguments, string? approval) => new(
        id, caller, claimed, tenant, tool,
        entry is null ? null : entry.Tool.Access == ToolAccess.Read ? "read" : "write",
        AuditedArguments.Redact(arguments.All, entry?.Schema.Root ?? EmptySchema, entry?.Tool.AuditedText ?? []),
        Convert.ToHexStringLower(SHA256.HashData(arguments.All.Span)),
        approval is not null && HeldCall.IsId(approval) ? approval : null);

    private static Core.Schemas.SchemaNode EmptySchema { get; } = new();

    private static string Printable(string tool)
        => tool.Length is > 0 and <= LongestToolName && tool.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':') ? tool : Unprintable;

    [LoggerMessage(Level = LogLevel.Error, EventName = "call-broke", Message = "Call {CallId} of {Tool} broke: {ErrorClass}\n{Stack}")]
    private static partial void LogBug(ILogger log, string callId, string tool, string errorClass, string? stack);

    [LoggerMessage(Level = LogLevel.Error, EventName = "approvals-unavailable", Message = "Call {CallId}: {Reason}")]
    private static partial void LogApprovals(ILogger log, string callId, string reason);

    [LoggerMessage(Level = LogLevel.Critical, EventName = "audit-unavailable", Message = "Call {CallId}: {Reason}")]
    private static partial void LogAudit(ILogger log, string callId, string reason);
}
