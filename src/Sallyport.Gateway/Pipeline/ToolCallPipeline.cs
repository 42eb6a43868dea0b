using System.Diagnostics;
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
    private readonly GateWalk _gates = new(parts);
    private readonly CallRecords _records = new(parts);

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
        var opened = CallRecords.Opened(call.Id, call.Caller.Subject, call.Caller.ClaimedClient, call.Entry, call.Entry.Name, tenant, call.Arguments, call.Approval);
        if (await _records.TryOpenAsync(opened, call.Tool.Access == ToolAccess.Write) is { } unaudited)
            return observed.End(unaudited, opened, call);
        using var watched = parts.Events?.CallStarted(opened);
        var outcome = await DecideAndExecuteAsync(call, opened, observed.Span, responseBytes, cancellationToken);
        return observed.End(
            await _records.CloseAsync(opened, outcome, started, call.Tool.Access == ToolAccess.Write ? parts.ReadLinks.Before(call) : null, call.TaintedBy), opened, call);
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

            var stopped = await _gates.AskAsync(call, span, cancellationToken);
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
        if (outcome is ToolOutcome.Failed { Error.Code: ErrorCode.InvalidArguments })
            parts.Rates?.Forgive(call);
        if (outcome is not ToolOutcome.Succeeded { Json: var json })
            return outcome;
        // What its parts found is in the whole, and counted there.
        if (call.Parent is null)
            parts.Output?.Note(call, json.Length);
        parts.Approvals.Taint.Note(call, json.Span);
        return outcome;
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
        var opened = CallRecords.Opened(id, request.Caller.Subject, request.Caller.ClaimedClient, entry, entry?.Name ?? CallRecords.Printable(request.Tool), null, arguments, arguments.Approval);
        if (await _records.TryOpenAsync(opened, durable: false) is { } unaudited)
            return observed.End(unaudited, opened);
        if (entry is null)
            CallLog.Unknown(parts.Log, id, request.Caller.Subject, request.Tool.Length);
        else
            CallLog.Invoked(parts.Log, opened, entry, isRejected: true);
        return observed.End(await _records.CloseAsync(opened, new ToolOutcome.Refused(id, error, GateOf(entry, error)), started), opened);
    }

    /// <summary>Where a call ended that never became one: its name, its tenant, or what it carried was not known.</summary>
    private static string GateOf(CatalogEntry? entry, ToolError error) => entry switch
    {
        null => "catalogue",
        { IsRelay: true } when error.Code == ErrorCode.ToolDisabled => "switched-off",
        { IsRelay: true } => "arguments",
        _ => "tenant",
    };

    [LoggerMessage(Level = LogLevel.Error, EventName = "call-broke", Message = "Call {CallId} of {Tool} broke: {ErrorClass}\n{Stack}")]
    private static partial void LogBug(ILogger log, string callId, string tool, string errorClass, string? stack);

    [LoggerMessage(Level = LogLevel.Error, EventName = "approvals-unavailable", Message = "Call {CallId}: {Reason}")]
    private static partial void LogApprovals(ILogger log, string callId, string reason);
}
