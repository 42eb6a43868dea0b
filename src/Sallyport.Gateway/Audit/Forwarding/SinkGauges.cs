using System.Diagnostics.Metrics;
using Sallyport.Core.Observability;

namespace Sallyport.Gateway.Audit.Forwarding;

/// <summary>How forwarding goes, for those who ask for metrics.</summary>
internal sealed class SinkGauges : IDisposable
{
    private readonly Meter _meter = new(Telemetry.Name);

    public SinkGauges(Func<IEnumerable<SinkStatus>> sinks)
    {
        _meter.CreateObservableGauge("sallyport_audit_sink_up", () => Each(sink => sink.IsHealthy ? 1 : 0), null, "1 while a receiver of the audit takes records.");
        _meter.CreateObservableGauge("sallyport_audit_sink_waiting_bytes", () => Each(sink => sink.WaitingBytes), "By", "What was recorded and is not known to have arrived.");
        _meter.CreateObservableCounter("sallyport_audit_sink_sent_total", () => Each(sink => sink.Sent), null, "Records sent to a receiver.");
        _meter.CreateObservableCounter("sallyport_audit_sink_dropped_total", () => Each(sink => sink.Dropped), null, "Records that a receiver never gets.");

        IEnumerable<Measurement<long>> Each(Func<SinkStatus, long> value) =>
            sinks().Select(sink => new Measurement<long>(value(sink), new KeyValuePair<string, object?>("sink", sink.Name)));
    }

    public void Dispose() => _meter.Dispose();
}
