using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Sallyport.Core.Observability;

namespace Sallyport.Hosting.Observing;

/// <summary>What this process uses, under the names that dashboards of every language know.</summary>
internal sealed class ProcessGauges : IDisposable
{
    private const string OpenFiles = "/proc/self/fd";

    private readonly Meter _meter = new(Telemetry.Name);
    private readonly Process _process = Process.GetCurrentProcess();

    public ProcessGauges()
    {
        var started = new DateTimeOffset(_process.StartTime).ToUnixTimeMilliseconds() / 1000.0;
        _meter.CreateObservableCounter("process_cpu_seconds_total", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Processor time used.");
        _meter.CreateObservableGauge("process_resident_memory_bytes", () => Environment.WorkingSet, "By", "Memory in use.");
        _meter.CreateObservableGauge("process_start_time_seconds", () => started, "s", "When the program started, in seconds since 1970.");
        _meter.CreateObservableGauge("sallyport_memory_limit_bytes", () => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, "By", "Memory that the program may use: the container's limit, or the machine's.");
        _meter.CreateObservableGauge("dotnet_total_memory_bytes", () => GC.GetTotalMemory(forceFullCollection: false), "By", "Memory of live and not yet collected objects.");
        _meter.CreateObservableCounter("dotnet_collection_count_total", Collections, null, "Garbage collections.");
        _meter.CreateObservableGauge("dotnet_threadpool_queue_length", () => ThreadPool.PendingWorkItemCount, null, "Work that waits for a thread.");
        if (Directory.Exists(OpenFiles))
            _meter.CreateObservableGauge("process_open_fds", () => Directory.EnumerateFileSystemEntries(OpenFiles).Count(), null, "Open files and connections.");
    }

    private static IEnumerable<Measurement<int>> Collections() => Enumerable.Range(0, GC.MaxGeneration + 1)
        .Select(generation => new Measurement<int>(GC.CollectionCount(generation), new KeyValuePair<string, object?>("generation", generation.ToString(CultureInfo.InvariantCulture))));

    public void Dispose()
    {
        _meter.Dispose();
        _process.Dispose();
    }
}
