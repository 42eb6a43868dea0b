using Microsoft.Extensions.Logging;
using Sallyport.Core;
using Sallyport.Core.Http;

namespace Sallyport.Connectors.Eset.Observing;

/// <summary>What one client does at ESET, in the series and log events that users of the ESET server know.</summary>
internal sealed partial class EsetWatch(EsetDeployment deployment, string user, ILogger log)
{
    public string Deployment { get; } = EsetMetrics.WordOf(deployment);

    public void Refreshed(TokenReason why)
    {
        var reason = why switch
        {
            TokenReason.Initial => "initial",
            TokenReason.Proactive => "proactive",
            _ => "forced_401",
        };
        EsetMetrics.Refreshed(Deployment, reason);
        LogRefresh(Deployment, reason, user);
    }

    public void Repeated(UpstreamRepeat repeat)
    {
        EsetMetrics.Repeated(Deployment, repeat.Status);
        var (level, reason) = repeat.Status switch
        {
            401 => (LogLevel.Information, "token_expired"),
            429 => (LogLevel.Warning, "rate_limited"),
            _ => (LogLevel.Warning, "unavailable"),
        };
        LogRepeat(level, Deployment, repeat.Request.Method.Method, repeat.Service, repeat.Reason, reason, repeat.Wait.TotalSeconds, repeat.Attempt, repeat.MaxAttempts);
    }

    /// <summary>A client that was not used for long, or had to make room, or whose settings changed.</summary>
    public void Closed()
    {
        EsetMetrics.ClientGone();
        LogClosed(Deployment, user);
    }

    /// <param name="settings">Of the account that was used; null when the call came to none.</param>
    public static void Ended(in EndedCall call, EsetSettings? settings)
    {
        var (place, status, milliseconds) = (EsetMetrics.WordOf(settings?.Deployment), EsetMetrics.StatusOf(call.Code), (long)call.Took.TotalMilliseconds);
        EsetMetrics.Ended(call, place);
        LogCall(call.Log, call.Tool, place, settings?.User, call.IsReadOnly ? "ro" : "rw", status, milliseconds, call.Bytes);
    }

    [LoggerMessage(Level = LogLevel.Information, EventName = "token_refresh", Message = "ESET {Deployment}: token for {User} ({Reason})")]
    private partial void LogRefresh(string deployment, string reason, string user);

    [LoggerMessage(EventName = "http_request_retry", Message = "ESET {Deployment}: {Method} of {Service} is sent again in {WaitS} s ({Status}, {Reason}), attempt {Attempt} of {MaxAttempts}")]
    private partial void LogRepeat(LogLevel level, string deployment, string method, string service, string status, string reason, double waitS, int attempt, int maxAttempts);

    [LoggerMessage(Level = LogLevel.Debug, EventName = "client_closed", Message = "ESET {Deployment}: the client of {User} is let go")]
    private partial void LogClosed(string deployment, string user);

    [LoggerMessage(Level = LogLevel.Information, EventName = "tool_call", Message = "{Tool} at ESET {Deployment} as {User}, mode {Mode}: {Status} after {DurationMs} ms, {ResponseBytes} bytes")]
    private static partial void LogCall(ILogger log, string tool, string deployment, string? user, string mode, string status, long durationMs, int responseBytes);
}
