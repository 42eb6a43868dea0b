using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;

namespace Sallyport.Core.Observability;

/// <summary>
/// One request to a platform as operators see it: a span and a duration. It names the platform and the host, never a path or a
/// query, which hold ids and questions.
/// </summary>
internal readonly struct UpstreamExchange
{
    private static readonly Histogram<double> Requests = Telemetry.Metrics.CreateHistogram(
        "sallyport_upstream_request_seconds", "s", "Time from sending one request to a platform until its answer begins.", advice: Telemetry.Durations);

    private static readonly Counter<long> Retried = Telemetry.Metrics.CreateCounter<long>(
        "sallyport_upstream_retries_total", null, "Requests to a platform that were sent once more.");

    private readonly string _platform;
    private readonly string _tenant;
    private readonly Activity? _span;
    private readonly long _started;

    private UpstreamExchange(string platform, string tenant, Activity? span)
        => (_platform, _tenant, _span, _started) = (platform, tenant, span, Stopwatch.GetTimestamp());

    public static UpstreamExchange Begin(string platform, string tenant, HttpRequestMessage message)
    {
        var span = Telemetry.Traces.HasListeners() ? Telemetry.Traces.StartActivity($"{message.Method.Method} {platform}", ActivityKind.Client) : null;
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("http.request.method", message.Method.Method);
            span.SetTag("server.address", message.RequestUri!.Host);
            span.SetTag("server.port", message.RequestUri.Port);
            span.SetTag("sallyport.platform", platform);
            span.SetTag("sallyport.tenant", tenant);
        }

        TraceParent.Write(span ?? Activity.Current, message.Headers);
        return new UpstreamExchange(platform, tenant, span);
    }

    public static void CountRetry(string platform, string tenant, UpstreamFailure? fault, HttpStatusCode? status)
        => Retried.Add(1, new("platform", platform), new("tenant", tenant), new("reason", status is { } code ? Word(code) : Word(fault!.Value)));

    /// <summary>How long it took.</summary>
    public TimeSpan Answered(HttpStatusCode status)
    {
        if (_span is { IsAllDataRequested: true })
            _span.SetTag("http.response.status_code", (int)status);
        return End(Word(status), isError: (int)status >= 400);
    }

    public void Failed(UpstreamFailure failure) => End(Word(failure), isError: true);

    public void Cancelled() => End("cancelled", isError: true);

    private TimeSpan End(string status, bool isError)
    {
        var took = Stopwatch.GetElapsedTime(_started);
        if (_span is { } span)
        {
            if (isError && span.IsAllDataRequested)
                span.SetTag("error.type", status).SetStatus(ActivityStatusCode.Error);
            span.Dispose();
        }

        if (Requests.Enabled)
            Requests.Record(took.TotalSeconds, new("platform", _platform), new("tenant", _tenant), new("status", status));
        return took;
    }

    /// <summary>Few words whatever a platform answers: those that operators look for, and classes for the rest.</summary>
    private static string Word(HttpStatusCode status) => (int)status switch
    {
        401 => "401",
        403 => "403",
        404 => "404",
        429 => "429",
        >= 100 and < 200 => "1xx",
        >= 200 and < 300 => "2xx",
        >= 300 and < 400 => "3xx",
        >= 400 and < 500 => "4xx",
        >= 500 and < 600 => "5xx",
        _ => "other",
    };

    private static string Word(UpstreamFailure failure) => failure switch
    {
        UpstreamFailure.Timeout => "timeout",
        UpstreamFailure.Unavailable => "unavailable",
        UpstreamFailure.InvalidResponse => "invalid_response",
        UpstreamFailure.TooLarge => "too_large",
        UpstreamFailure.Auth => "auth",
        _ => "failed",
    };
}
