using System.Text.Json.Nodes;
using Sallyport.Core.Resilience;
using Sallyport.Gateway.Events;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Gateway.Health;

/// <summary>Every circuit of one tenant: which platforms are left alone, since when and why.</summary>
public static class CircuitHealth
{
    private const string Name = "circuit_breakers";

    /// <summary>One check for each tenant, so that nobody sees another's.</summary>
    public static IEnumerable<HealthCheck> Of(IReadOnlyList<Tenant> tenants, UpstreamClients clients) => tenants.Select(tenant =>
        HealthCheck.Of(tenants.Count == 1 ? Name : $"{Name}_{tenant.Id}", HealthPriority.Important, () => Look(clients, tenant.Id)) with { Tenant = tenant.Id, IsInstant = true });

    private static HealthFinding Look(UpstreamClients clients, string tenant)
    {
        var circuits = clients.Breakers.Where(breaker => breaker.Tenant == tenant).Select(breaker => breaker.Breaker.Status)
            .OrderBy(status => status.Name, StringComparer.Ordinal).ToList();
        var open = circuits.Where(status => status.State != CircuitState.Closed).Select(status => status.Name).ToList();
        var metadata = new JsonObject { ["circuits"] = new JsonArray([.. circuits.Select(ToJson)]) };
        return open.Count == 0
            ? HealthFinding.Well("No upstream is left alone.", metadata)
            : HealthFinding.Weak($"Left alone after failures: {string.Join(", ", open)}.", metadata);
    }

    private static JsonObject ToJson(CircuitStatus status) => new()
    {
        ["name"] = status.Name,
        ["state"] = GateEvents.Word(status.State),
        ["stats"] = new JsonObject
        {
            ["total_calls"] = status.Counts.Total,
            ["successful_calls"] = status.Counts.Succeeded,
            ["failed_calls"] = status.Counts.Failed,
            ["rejected_calls"] = status.Counts.Rejected,
            ["success_rate"] = Math.Round(status.Counts.SuccessRate, 2),
            ["average_latency"] = Math.Round(status.Counts.AverageLatency.TotalSeconds, 4),
            ["consecutive_failures"] = status.Counts.FailuresInARow,
            ["consecutive_successes"] = status.Counts.SuccessesInARow,
            ["state_changes"] = status.Counts.StateChanges,
            ["failure_reasons"] = new JsonObject([.. status.Counts.Reasons.Select(reason => KeyValuePair.Create(reason.Key, (JsonNode?)reason.Value))]),
        },
        ["config"] = new JsonObject
        {
            ["failure_threshold"] = status.Options.FailureThreshold,
            ["current_timeout"] = Math.Round(status.CurrentRecovery.TotalSeconds, 2),
            ["initial_timeout"] = status.Options.FirstRecovery.TotalSeconds,
            ["max_timeout"] = status.Options.LongestRecovery.TotalSeconds,
            ["success_threshold"] = status.Options.SuccessThreshold,
            ["timeout_multiplier"] = status.Options.Multiplier,
            ["jitter_enabled"] = true,
        },
        ["timing"] = new JsonObject
        {
            ["last_failure"] = status.Counts.LastFailure?.UtcDateTime,
            ["last_success"] = status.Counts.LastSuccess?.UtcDateTime,
            ["last_state_change"] = status.Counts.LastStateChange?.UtcDateTime,
            ["retry_after"] = status.Wait is { } wait ? Math.Round(wait.TotalSeconds, 2) : null,
        },
        ["recent_errors"] = new JsonArray([.. status.RecentErrors.Select(error => (JsonNode)new JsonObject { ["time"] = error.At.UtcDateTime, ["reason"] = error.Reason })]),
        ["state_history"] = new JsonArray([.. status.RecentChanges.Select(change => (JsonNode)new JsonObject
        {
            ["time"] = change.At.UtcDateTime,
            ["from"] = GateEvents.Word(change.From),
            ["to"] = GateEvents.Word(change.To),
            ["reason"] = change.Reason,
        })]),
    };
}
