using System.Text.Json.Nodes;
using Sallyport.Connectors.DefectDojo.Arguments;
using Sallyport.Connectors.DefectDojo.Results;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.DefectDojo.Tools;

/// <summary>Whether the instance is there and takes our keys.</summary>
internal static class HealthTools
{
    public static IReadOnlyList<Tool> All { get; } =
    [
        Tool.Raw<DefectDojoClient, Nothing>(
            ToolAccess.Read, "defectdojo_health_check", "Says whether DefectDojo answers and whether it takes the read key and the key for changes. Pick it when other DefectDojo tools fail.",
            static () => DefectDojoJson.Default.Nothing, CheckAsync) with
        {
            Alias = "health_check", Title = "Check DefectDojo", Permission = ToolPermission.System, Toolset = "system",
        },
    ];

    private static async Task<ToolContent> CheckAsync(DefectDojoClient client, Nothing args, ToolContext context, CancellationToken cancellationToken)
    {
        var started = context.Time.GetTimestamp();
        var failure = await TryAsync(client, client.Settings.KeyForReads!, cancellationToken);
        var milliseconds = (long)context.Time.GetElapsedTime(started).TotalMilliseconds;
        var reads = failure is null;
        var writeKey = client.Settings.KeyForWrites;
        var writes = writeKey is null || writeKey.Reveal() == client.Settings.KeyForReads!.Reveal() ? reads : await TryAsync(client, writeKey, cancellationToken) is null;
        return DojoContent.Of(new JsonObject
        {
            ["status"] = reads && writes ? "ok" : reads || writes ? "degraded" : "unhealthy",
            ["reachable"] = failure is null or UpstreamFailure.Auth or UpstreamFailure.Forbidden,
            ["authenticated"] = reads,
            ["read_key"] = reads ? "ok" : "rejected",
            ["write_key"] = writeKey is null ? "not_configured" : writes ? "ok" : "rejected",
            ["latency_ms"] = milliseconds,
            ["failure"] = failure?.ToString(),
        }, context);
    }

    private static async Task<UpstreamFailure?> TryAsync(DefectDojoClient client, Secret key, CancellationToken cancellationToken)
    {
        try
        {
            await client.GetAsync("user_profile/", "", "user", key, cancellationToken);
            return null;
        }
        catch (UpstreamException refused)
        {
            return refused.Failure;
        }
    }
}
