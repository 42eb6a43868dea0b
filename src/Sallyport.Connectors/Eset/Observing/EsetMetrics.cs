using System.Diagnostics.Metrics;
using Sallyport.Core;
using Sallyport.Core.Observability;

namespace Sallyport.Connectors.Eset.Observing;

/// <summary>The series that dashboards of the ESET server ask for, under its names. No label holds a user, an address or an id.</summary>
internal static class EsetMetrics
{
    private const string NoDeployment = "unknown";

    private static readonly Counter<long> Calls = Telemetry.Metrics.CreateCounter<long>("esetmcp_tool_calls_total", null, "Calls of ESET tools that ended.");

    private static readonly Histogram<double> Durations = Telemetry.Metrics.CreateHistogram(
        "esetmcp_tool_duration_seconds", "s", "Time that calls of ESET tools took.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] });

    private static readonly Histogram<long> Bytes = Telemetry.Metrics.CreateHistogram(
        "esetmcp_response_bytes", "By", "Bytes of results of ESET tools.",
        advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1_000, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000] });

    private static readonly Counter<long> Capped = Telemetry.Metrics.CreateCounter<long>(
        "esetmcp_responses_capped_total", null, "Results of ESET tools from which something was left out for size.");

    private static readonly Counter<long> Refreshes = Telemetry.Metrics.CreateCounter<long>("esetmcp_token_refresh_total", null, "Tokens that ESET gave.");

    private static readonly Counter<long> Repeats = Telemetry.Metrics.CreateCounter<long>("esetmcp_http_retries_total", null, "Requests to ESET that were sent once more.");

    private static readonly UpDownCounter<int> Clients = Telemetry.Metrics.CreateUpDownCounter<int>("esetmcp_client_pool_size", null, "Clients that are kept, one for each account and place.");

    public static string WordOf(EsetDeployment? deployment) => deployment switch
    {
        EsetDeployment.Cloud => "cloud",
        EsetDeployment.Onprem => "onprem",
        _ => NoDeployment,
    };

    /// <summary>The reference server's word for how a call ended, as near as our closed set of failures comes to it.</summary>
    public static string StatusOf(string? code) => code switch
    {
        null => "200",
        "upstream_auth" => "auth_error",
        "upstream_forbidden" => "403",
        "upstream_not_found" => "404",
        "upstream_throttled" => "429",
        "upstream_timeout" => "504",
        "read_only" => "mode_forbidden",
        _ => "error",
    };

    public static void Ended(in EndedCall call, string deployment)
    {
        var tool = new KeyValuePair<string, object?>("tool", call.Tool);
        var place = new KeyValuePair<string, object?>("deployment", deployment);
        Calls.Add(1, tool, place, new("status", StatusOf(call.Code)));
        Durations.Record(call.Took.TotalSeconds, tool, place);
        if (call.Bytes > 0)
            Bytes.Record(call.Bytes, tool, place);
        if (call.IsCapped)
            Capped.Add(1, tool);
    }

    public static void Refreshed(string deployment, string reason) => Refreshes.Add(1, new("deployment", deployment), new("reason", reason));

    public static void Repeated(string deployment, int? status) => Repeats.Add(1, new("deployment", deployment), new("status", status switch
    {
        401 => "401",
        429 => "429",
        null => "fault",
        _ => "5xx",
    }));

    public static void ClientMade() => Clients.Add(1);

    public static void ClientGone() => Clients.Add(-1);
}
