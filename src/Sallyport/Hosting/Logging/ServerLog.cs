using Microsoft.Extensions.Logging;
using Sallyport.Configuration;

namespace Sallyport.Hosting.Logging;

/// <summary>The log's account of the program itself: how it began and why it ended.</summary>
internal static partial class ServerLog
{
    public static void Starting(ILogger log, SallyportSettings settings) => Starting(
        log, Product.Version, settings.Transport, settings.Mode, settings.Tenants.Count, settings.Observability.Metrics, settings.Observability.LogFormat);

    [LoggerMessage(Level = LogLevel.Information, EventName = "server-interrupted", Message = "Asked to end; calls on their way may end first")]
    public static partial void Interrupted(ILogger log);

    [LoggerMessage(Level = LogLevel.Error, EventName = "server-startup-failed", Message = "Did not start: {ErrorClass}")]
    public static partial void StartupFailed(ILogger log, string errorClass);

    [LoggerMessage(Level = LogLevel.Critical, EventName = "server-crashed", Message = "Something broke inside the program")]
    public static partial void Crashed(ILogger log, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, EventName = "server-starting", Message = "Sallyport {Version} over {Transport}, mode {Mode}, tenants: {Tenants}, metrics: {MetricsEnabled}, log: {LogFormat}")]
    private static partial void Starting(ILogger log, string version, TransportKind transport, AccessMode mode, int tenants, bool metricsEnabled, Configuration.Sections.LogFormat logFormat);
}
