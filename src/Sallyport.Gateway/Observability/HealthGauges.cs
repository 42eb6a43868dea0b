using System.Diagnostics.Metrics;
using Sallyport.Core.Observability;
using Sallyport.Gateway.Health;

namespace Sallyport.Gateway.Observability;

/// <summary>How well everything was when it was last looked at. Dispose it with what looks.</summary>
public sealed class HealthGauges : IDisposable
{
    private const string Overall = "overall";

    private readonly Meter _meter = new(Telemetry.Name);

    public HealthGauges(HealthWatch watch)
        => _meter.CreateObservableGauge("mcp_health_status", () => Statuses(watch), null, "0 healthy, 1 degraded, 2 unhealthy, when it was last looked at.");

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<int>> Statuses(HealthWatch watch)
    {
        if (watch.Last is not { } last)
        {
            // Whoever asks before the first round finds its answer the next time.
            _ = watch.LookAsync(CancellationToken.None);
            return [];
        }

        return last.Checks.Select(Of).Prepend(new Measurement<int>((int)last.Overall, new KeyValuePair<string, object?>("check", Overall)));
    }

    private static Measurement<int> Of(CheckedHealth check) => check.Check.Tenant is { } tenant
        ? new Measurement<int>((int)check.Status, new("check", check.Name), new("tenant", tenant))
        : new Measurement<int>((int)check.Status, new KeyValuePair<string, object?>("check", check.Name));
}
