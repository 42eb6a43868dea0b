using System.Diagnostics.Metrics;
using Sallyport.Core.Observability;
using Sallyport.Core.Resilience;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Observability;

/// <summary>What is looked at, rather than counted, when somebody asks for metrics. Dispose it with the gate.</summary>
public sealed class GateGauges : IDisposable
{
    private readonly Meter _meter = new(Telemetry.Name);

    /// <param name="catalog">Asked each time, because settings may change.</param>
    public GateGauges(Func<ToolCatalog> catalog, UpstreamClients clients, ApprovalDesk approvals, CallSlots slots, string version)
    {
        _meter.CreateObservableGauge("sallyport_build_info", () => new Measurement<int>(1, new KeyValuePair<string, object?>("version", version)), null, "The program's version; always 1.");
        _meter.CreateObservableGauge("mcp_tool_active", () => Active(catalog()), null, "Calls of a tool that are on their way.");
        _meter.CreateObservableGauge("sallyport_calls_running", () => slots.Running, null, "Calls that have a slot.");
        _meter.CreateObservableGauge("sallyport_calls_queued", () => slots.Waiting, null, "Calls that wait for a slot.");
        _meter.CreateObservableGauge("sallyport_approvals_waiting", () => Waiting(approvals), null, "Calls that wait for a person.");
        _meter.CreateObservableGauge("circuit_breaker_state", () => States(clients), null, "0 closed, 1 open, 2 half open.");
        _meter.CreateObservableCounter("circuit_breaker_calls_total", () => Through(clients), null, "Calls that a circuit let through or rejected.");
        var transitions = _meter.CreateCounter<long>("circuit_breaker_transitions_total", null, "Changes of a circuit's state.");
        clients.BreakerChanged += (tenant, upstream, from, to, _) => transitions.Add(
            1, new("name", upstream), new("tenant", tenant), new("from_state", Word(from)), new("to_state", Word(to)));
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<int>> Active(ToolCatalog catalog)
        => catalog.Entries.Where(entry => entry.Running.WasUsed).Select(entry => new Measurement<int>(entry.Running.Now, new KeyValuePair<string, object?>("tool", entry.Name)));

    private static IEnumerable<Measurement<int>> Waiting(ApprovalDesk approvals)
        => approvals.LastWaiting.GroupBy(call => call.Tenant).Select(tenant => new Measurement<int>(tenant.Count(), new KeyValuePair<string, object?>("tenant", tenant.Key)));

    private static IEnumerable<Measurement<int>> States(UpstreamClients clients)
        => clients.Breakers.Select(circuit => new Measurement<int>((int)circuit.Breaker.State, new("name", circuit.Upstream), new("tenant", circuit.Tenant)));

    private static IEnumerable<Measurement<long>> Through(UpstreamClients clients) => clients.Breakers.SelectMany(circuit =>
    {
        var counts = circuit.Breaker.Status.Counts;
        return new[] { ("success", counts.Succeeded), ("failure", counts.Failed), ("rejected", counts.Rejected) }.Select(
            count => new Measurement<long>(count.Item2, new("name", circuit.Upstream), new("tenant", circuit.Tenant), new("result", count.Item1)));
    });

    private static string Word(CircuitState state) => state switch
    {
        CircuitState.Open => "OPEN",
        CircuitState.HalfOpen => "HALF_OPEN",
        _ => "CLOSED",
    };
}
