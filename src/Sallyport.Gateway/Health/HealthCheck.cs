using System.Text.Json.Nodes;

namespace Sallyport.Gateway.Health;

/// <summary>One question about whether the gate is well.</summary>
/// <param name="LookAsync">Answers quickly or honours its token; an exception counts as unhealthy.</param>
public sealed record HealthCheck(string Name, HealthPriority Priority, Func<CancellationToken, ValueTask<HealthFinding>> LookAsync)
{
    /// <summary>Shown only to callers who are granted this tenant; null shows it to all.</summary>
    public string? Tenant { get; init; }

    /// <summary>Known at once and changing at once: looked at again for every answer.</summary>
    public bool IsInstant { get; init; }

    public static HealthCheck Of(string name, HealthPriority priority, Func<HealthFinding> look) => new(name, priority, _ => new(look()));
}

/// <summary>What one look found out.</summary>
/// <param name="Message">One sentence for the operator; no secret.</param>
public sealed record HealthFinding(HealthStatus Status, string Message, JsonObject? Metadata = null)
{
    public static HealthFinding Well(string message, JsonObject? metadata = null) => new(HealthStatus.Healthy, message, metadata);

    public static HealthFinding Weak(string message, JsonObject? metadata = null) => new(HealthStatus.Degraded, message, metadata);

    public static HealthFinding Broken(string message, JsonObject? metadata = null) => new(HealthStatus.Unhealthy, message, metadata);
}

/// <summary>How something is; the lower-case word is what orchestrators read.</summary>
public enum HealthStatus
{
    Healthy,
    Degraded,
    Unhealthy,
}

/// <summary>How much a check weighs for the gate as a whole; the number is part of the answer.</summary>
public enum HealthPriority
{
    Critical = 0,
    Important = 1,
    Informational = 2,
}
