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

/// <summary>When a failing upstream is left alone, and when it is tried again. What is left out is as each tool says itself.</summary>
internal sealed record CircuitBreakerSettings(
    [Description("Failures in a row that open it; 5 unless a tool says otherwise."), Range(1, 100)] int? FailureThreshold = null,
    [Description("How long it stays open before one call is let through; 60s unless a tool says otherwise."), RegularExpression(Duration.Form)] string? RecoveryTimeout = null,
    [Description("Successes that close it again."), Range(1, 10)] int HalfOpenSuccessThreshold = 1,
    [Description("The same for single upstreams, which goes before the above, e.g. nmap or defender.")] IReadOnlyDictionary<string, UpstreamCircuitSettings>? Upstreams = null);

/// <summary>When one failing upstream is left alone.</summary>
internal sealed record UpstreamCircuitSettings(
    [Description("Failures in a row that open it."), Range(1, 100)] int? FailureThreshold = null,
    [Description("How long it stays open before one call is let through."), RegularExpression(Duration.Form)] string? RecoveryTimeout = null);
