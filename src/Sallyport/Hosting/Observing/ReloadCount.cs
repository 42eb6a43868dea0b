using System.Diagnostics.Metrics;
using Sallyport.Core.Observability;

namespace Sallyport.Hosting.Observing;

/// <summary>Counts what became of settings that were read anew.</summary>
internal static class ReloadCount
{
    private static readonly Counter<long> Reloads = Telemetry.Metrics.CreateCounter<long>(
        "mcp_config_reload_total", null, "Settings read anew: applied, unchanged, or rejected for their mistakes.");

    public static void Applied() => Count("applied");

    public static void Unchanged() => Count("unchanged");

    public static void Rejected() => Count("rejected");

    private static void Count(string result) => Reloads.Add(1, new KeyValuePair<string, object?>("result", result));
}
