using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Sallyport.Core.Observability;

/// <summary>Where the traces and metrics of the gate come from. Nothing is made or kept while nobody listens.</summary>
public static class Telemetry
{
    /// <summary>By this name listeners subscribe.</summary>
    public const string Name = "Sallyport";

    public static ActivitySource Traces { get; } = new(Name);

    /// <summary>Instruments are named as Prometheus shows them, so that every road carries one name.</summary>
    public static Meter Metrics { get; } = new(Name);

    /// <summary>Seconds, from an answer out of memory to a scan of an hour.</summary>
    public static InstrumentAdvice<double> Durations { get; } = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600],
    };
}
