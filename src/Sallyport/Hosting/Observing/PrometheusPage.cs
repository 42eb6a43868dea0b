using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Sallyport.Hosting.Observing;

/// <summary>All metrics as the text that Prometheus reads, made when somebody asks. The provider that is given the reader disposes both.</summary>
internal sealed class PrometheusPage : BaseExporter<Metric>
{
    private const int LongestCollection = 10_000;

    private readonly Lock _lock = new();
    private PrometheusText? _text;

    public PrometheusPage() => Reader = new BaseExportingMetricReader(this) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative };

    public MetricReader Reader { get; }

    /// <summary>The same, tool by tool, for who reads JSON.</summary>
    public RunFigures Runs { get; } = new(TimeProvider.System);

    /// <param name="isGranted">Whether the reader may know about a tenant: series that name another one are left out.</param>
    public byte[] Render(Func<string, bool> isGranted)
    {
        lock (_lock)
        {
            _text = new PrometheusText(isGranted);
            Reader.Collect(LongestCollection);
            return _text.ToUtf8();
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        foreach (var metric in batch)
            _text?.Add(metric);
        return ExportResult.Success;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Runs.Dispose();
        base.Dispose(disposing);
    }
}
