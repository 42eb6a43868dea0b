using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sallyport.Configuration.Sections;

/// <summary>When health is looked at and what counts as unwell.</summary>
internal sealed record HealthSettings(
    [Description("Time between looks, 5s to 5m."), RegularExpression(Duration.Form)] string CheckInterval = "30s",
    [Description("Time one look may take."), RegularExpression(Duration.Form)] string Timeout = "10s",
    [Description("Percent of processor time above which this machine is degraded."), Range(0, 100)] double CpuThreshold = 80,
    [Description("Percent of memory above which this machine is degraded."), Range(0, 100)] double MemoryThreshold = 80,
    [Description("Percent of disk space above which this machine is degraded."), Range(0, 100)] double DiskThreshold = 80,
    [Description("Programs that must be installed for this gate to be healthy.")] IReadOnlyList<string>? Dependencies = null);

/// <summary>When a failing upstream is left alone, and when it is tried again.</summary>
internal sealed record CircuitBreakerSettings(
    [Description("Failures in a row that open it."), Range(1, 100)] int FailureThreshold = 5,
    [Description("How long it stays open before one call is let through."), RegularExpression(Duration.Form)] string RecoveryTimeout = "60s",
    [Description("Successes that close it again."), Range(1, 10)] int HalfOpenSuccessThreshold = 1);
