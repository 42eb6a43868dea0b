using System.Diagnostics.Metrics;
using Sallyport.Core.Observability;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Observability;

/// <summary>
/// What is counted about calls. Labels are tools of the catalogue, outcomes and error codes: closed sets, so that nothing a
/// client sends makes a new series.
/// </summary>
internal static class CallMetrics
{
    public const string UnknownTool = "unknown";

    private static readonly Counter<long> Calls = Telemetry.Metrics.CreateCounter<long>(
        "mcp_tool_execution_total", null, "Calls that ended: success, failure, refused by a gate, or held for a person.");

    private static readonly Histogram<double> Durations = Telemetry.Metrics.CreateHistogram(
        "mcp_tool_execution_seconds", "s", "Time from a call's arrival at the pipeline until its audit is closed.", advice: Telemetry.Durations);

    private static readonly Counter<long> Errors = Telemetry.Metrics.CreateCounter<long>(
        "mcp_tool_errors_total", null, "Calls that went on and failed.");

    private static readonly Counter<long> RateLimited = Telemetry.Metrics.CreateCounter<long>(
        "mcp_rate_limited_total", null, "Calls refused because of a limit.");

    private static readonly Histogram<double> Queued = Telemetry.Metrics.CreateHistogram(
        "mcp_tool_queue_seconds", "s", "Time that a call waited for a slot; calls that found one at once are not in it.", advice: Telemetry.Durations);

    private static readonly Histogram<long> Bytes = Telemetry.Metrics.CreateHistogram(
        "sallyport_result_bytes", "By", "Bytes of results as handed to callers.",
        advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1_000, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000] });

    private static readonly Counter<long> Unaudited = Telemetry.Metrics.CreateCounter<long>(
        "sallyport_audit_unavailable_total", null, "Audit records that could not be written when they were due.");

    public static void Ended(string tool, ToolOutcome outcome, TimeSpan took)
    {
        var status = StatusOf(outcome);
        var name = new KeyValuePair<string, object?>("tool", tool);
        if (Durations.Enabled)
            Durations.Record(took.TotalSeconds, name, new("outcome", status));
        if (!Calls.Enabled)
            return;
        var code = outcome.Problem?.Code;
        Calls.Add(1, name, new("status", status), new("error_type", code ?? "none"));
        if (outcome is ToolOutcome.Succeeded { Json.Length: var length })
            Bytes.Record(length, name);
        else if (outcome is ToolOutcome.Failed)
            Errors.Add(1, name, new("error_type", code));
        if (code == ErrorCode.RateLimited)
            RateLimited.Add(1, name);
        else if (code == ErrorCode.AuditUnavailable)
            Unaudited.Add(1, new KeyValuePair<string, object?>("record", "open"));
    }

    public static void WaitedForSlot(string tool, TimeSpan waited) => Queued.Record(waited.TotalSeconds, new KeyValuePair<string, object?>("tool", tool));

    /// <summary>The call had happened when its end could not be recorded.</summary>
    public static void CloseUnaudited() => Unaudited.Add(1, new KeyValuePair<string, object?>("record", "close"));

    /// <summary>The word of the metric and of the log; the audit has its own.</summary>
    public static string StatusOf(ToolOutcome outcome) => outcome switch
    {
        ToolOutcome.Succeeded => "success",
        ToolOutcome.Refused => "refused",
        ToolOutcome.Held => "held",
        _ => "failure",
    };
}
