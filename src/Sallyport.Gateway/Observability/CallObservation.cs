using System.Diagnostics;
using Sallyport.Core;
using Sallyport.Core.Observability;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Policy;

namespace Sallyport.Gateway.Observability;

/// <summary>One call as operators see it: a span, a duration, a count and a log line. It names tool, tenant and outcome, never an argument.</summary>
internal readonly struct CallObservation : IDisposable
{
    private readonly CatalogEntry? _entry;
    private readonly PipelineParts _parts;
    private readonly long _started;

    private CallObservation(CatalogEntry? entry, Activity? span, PipelineParts parts)
    {
        (_entry, Span, _parts, _started) = (entry, span, parts, parts.Time.GetTimestamp());
        entry?.Running.Enter();
    }

    /// <summary>Null when nobody records traces and the caller sent no context.</summary>
    public Activity? Span { get; }

    public static CallObservation Begin(CatalogEntry? entry, string? tenant, string callId, ActivityContext? remote, PipelineParts parts)
    {
        var span = Telemetry.Traces.HasListeners() ? Start(entry, remote) : remote is { } carried ? TraceParent.Carry(carried) : null;
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("mcp.method.name", "tools/call");
            span.SetTag("gen_ai.tool.name", entry?.Name ?? CallMetrics.UnknownTool);
            span.SetTag("sallyport.call_id", callId);
            if (tenant is not null)
                span.SetTag("sallyport.tenant", tenant);
        }

        return new CallObservation(entry, span, parts);
    }

    /// <summary>The span around one question to several tenants, each of which has its own call in it.</summary>
    public static Activity? Joint(CatalogEntry entry, ActivityContext? remote) => Telemetry.Traces.HasListeners() ? Start(entry, remote) : null;

    /// <param name="allowed">Names of the gates that allowed the call, in order.</param>
    public static void Allowed(Activity? span, string allowed)
    {
        if (span is { IsAllDataRequested: true })
            span.SetTag("sallyport.gates", allowed);
    }

    /// <param name="allowed">Names of the gates before it.</param>
    /// <param name="decision">What the gate that ended the call said.</param>
    public static void Stopped(Activity? span, string allowed, IGate gate, GateDecision decision)
    {
        if (span is not { IsAllDataRequested: true })
            return;
        Allowed(span, allowed);
        span.SetTag($"sallyport.gate.{gate.Name}", decision is GateDecision.Refused refused ? refused.Code : "held");
    }

    /// <param name="call">Null for a call that did not come to a tool and a tenant.</param>
    public ToolOutcome End(ToolOutcome outcome, AuditCallOpened opened, ToolCall? call = null)
    {
        var took = _parts.Time.GetElapsedTime(_started);
        CallMetrics.Ended(_entry?.Name ?? CallMetrics.UnknownTool, outcome, took);
        if (_entry is not null)
        {
            CallLog.Ended(_parts.Log, opened, _entry, outcome, took, call is { IsShare: true });
            var succeeded = outcome as ToolOutcome.Succeeded;
            _entry.Connector.CallEnded(new EndedCall(
                _entry.Name, call?.Settings, call is not { Tenant.IsReadOnly: false }, outcome.Problem?.Code, took, succeeded?.Json.Length ?? 0, succeeded is { IsCapped: true }, _parts.Log));
        }

        if (Span is { IsAllDataRequested: true } span)
        {
            span.SetTag("sallyport.outcome", CallMetrics.StatusOf(outcome));
            if (outcome.Problem is { } problem)
                span.SetTag("error.type", problem.Code);
            if (outcome is ToolOutcome.Failed)
                span.SetStatus(ActivityStatusCode.Error);
        }

        return outcome;
    }

    public void Dispose()
    {
        _entry?.Running.Leave();
        Span?.Dispose();
    }

    /// <summary>Whatever the web server traces is not recorded, so it must not be our parent.</summary>
    private static Activity? Start(CatalogEntry? entry, ActivityContext? remote)
    {
        Activity.Current = null;
        return Telemetry.Traces.StartActivity(entry?.SpanName ?? CatalogEntry.SpanOf(CallMetrics.UnknownTool), ActivityKind.Server, remote ?? default);
    }
}
