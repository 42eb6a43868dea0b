using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Sallyport.Gateway.Health;

/// <summary>Facts about this process; it is well as long as it can give them.</summary>
public static class ProcessLook
{
    private const string Descriptors = "/proc/self/fd";

    public static HealthFinding Look(TimeProvider time)
    {
        using var process = Process.GetCurrentProcess();
        var started = process.StartTime.ToUniversalTime();
        var age = Math.Max(1, (time.GetUtcNow().UtcDateTime - started).TotalSeconds);
        return HealthFinding.Well("The process answers.", new JsonObject
        {
            ["pid"] = process.Id,
            ["age_seconds"] = Math.Round(age, 1),
            ["memory_mb"] = Math.Round(process.WorkingSet64 / 1048576.0, 1),
            // Since the start, of one processor.
            ["cpu_percent"] = Math.Round(100 * process.TotalProcessorTime.TotalSeconds / age, 1),
            ["num_threads"] = process.Threads.Count,
            ["num_fds"] = Directory.Exists(Descriptors) ? Directory.GetFileSystemEntries(Descriptors).Length : null,
            ["create_time"] = started,
        });
    }
}
