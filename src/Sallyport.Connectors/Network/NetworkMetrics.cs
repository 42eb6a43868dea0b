using System.Diagnostics.Metrics;
using Sallyport.Connectors.Network.Targets;
using Sallyport.Core.Observability;
using Sallyport.Core.Processes;

namespace Sallyport.Connectors.Network;

/// <summary>What is counted about network tools; a target is in none of it.</summary>
internal static class NetworkMetrics
{
    private static readonly Counter<long> Refused = Telemetry.Metrics.CreateCounter<long>("mcp_targets_refused_total", null, "Targets that a tool was not pointed at.");

    private static readonly Counter<long> Truncated = Telemetry.Metrics.CreateCounter<long>(
        "mcp_tool_output_truncated_total", null, "Runs of a program that printed more than is kept.");

    public static void TargetRefused(TargetRefusal reason) => Refused.Add(1, new KeyValuePair<string, object?>("reason", reason switch
    {
        TargetRefusal.Malformed => "malformed",
        TargetRefusal.NotAllowed => "not_allowed",
        TargetRefusal.Denied => "denied",
        TargetRefusal.TooLarge => "too_large",
        TargetRefusal.Unresolved => "unresolved",
        _ => "resolves_outside",
    }));

    /// <param name="tool">A tool of the catalogue.</param>
    public static void Ran(string tool, CapturedOutput output, CapturedOutput error)
    {
        Count(tool, "stdout", output);
        Count(tool, "stderr", error);
    }

    private static void Count(string tool, string stream, CapturedOutput captured)
    {
        if (captured.IsTruncated)
            Truncated.Add(1, new("tool", tool), new("stream", stream));
    }
}
