using Sallyport.Gateway.Identity;

namespace Sallyport.Gateway.Health;

/// <summary>One check, answered.</summary>
public sealed record CheckedHealth(HealthCheck Check, HealthFinding Finding, DateTimeOffset At, TimeSpan Took)
{
    public string Name => Check.Name;

    public HealthPriority Priority => Check.Priority;

    public HealthStatus Status => Finding.Status;
}

/// <summary>All checks of one round, and what they say together.</summary>
public sealed record HealthReport(DateTimeOffset At, IReadOnlyList<CheckedHealth> Checks)
{
    /// <summary>
    /// One critical failure makes the gate unhealthy. An important one, or a weakness in either kind, degrades it. Informational
    /// checks count only when every one of them fails: a missing optional program must not degrade the gate for ever.
    /// </summary>
    public HealthStatus Overall
    {
        get
        {
            if (Any(HealthPriority.Critical, HealthStatus.Unhealthy))
                return HealthStatus.Unhealthy;
            if (Checks.Count == 0 || Any(HealthPriority.Important, HealthStatus.Unhealthy)
                || Any(HealthPriority.Critical, HealthStatus.Degraded) || Any(HealthPriority.Important, HealthStatus.Degraded))
                return HealthStatus.Degraded;
            var informational = Checks.Where(check => check.Priority == HealthPriority.Informational).ToList();
            return informational.Count > 0 && informational.TrueForAll(check => check.Status == HealthStatus.Unhealthy) ? HealthStatus.Degraded : HealthStatus.Healthy;
        }
    }

    /// <summary>What a caller may see: nothing about tenants that it is not granted.</summary>
    public HealthReport For(Caller caller) => this with { Checks = [.. Checks.Where(check => check.Check.Tenant is not { } tenant || caller.IsGranted(tenant))] };

    private bool Any(HealthPriority priority, HealthStatus status) => Checks.Any(check => check.Priority == priority && check.Status == status);
}
