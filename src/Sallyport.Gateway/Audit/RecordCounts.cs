using System.Diagnostics.Metrics;
using Sallyport.Core.Observability;

namespace Sallyport.Gateway.Audit;

/// <summary>How many records of each kind this process wrote, and whether it can write more, for those who ask for metrics.</summary>
internal sealed class RecordCounts : IDisposable
{
    private static readonly string[] Kinds = ["open", "close", "decision", "start", "checkpoint", "gap"];

    private readonly Meter _meter = new(Telemetry.Name);
    private readonly long[] _written = new long[Kinds.Length];

    public RecordCounts(Func<bool> isFailing, Func<long> bytes)
    {
        _meter.CreateObservableCounter("sallyport_audit_records_total", Written, null, "Audit records written.");
        _meter.CreateObservableCounter("sallyport_audit_written_bytes_total", bytes, null, "Bytes of audit records written.");
        _meter.CreateObservableGauge("sallyport_audit_up", () => isFailing() ? 0 : 1, null, "1 while the audit can be written; otherwise no call runs.");
    }

    /// <summary>Called by one thread at a time.</summary>
    public void Count(string kind)
    {
        if (Array.IndexOf(Kinds, kind) is >= 0 and var at)
            Volatile.Write(ref _written[at], _written[at] + 1);
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Written()
        => Kinds.Select((kind, at) => new Measurement<long>(Volatile.Read(ref _written[at]), new KeyValuePair<string, object?>("event", kind)));
}
