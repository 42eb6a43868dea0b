using System.Globalization;
using System.Text.Json.Nodes;

namespace Sallyport.Gateway.Health;

/// <summary>
/// Whether this machine has room left. A busy processor is unhealthy only when it stays busy: a scan that runs for a while must
/// not make an orchestrator kill the gate.
/// </summary>
public sealed class SystemResources
{
    private const int SamplesBeforeUnhealthy = 3;
    private const double Near = 0.8;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LeastBetweenSamples = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Queue<(long At, CpuTimes Times)> _samples = new();
    private readonly TimeProvider _time;
    private readonly Func<CpuTimes?> _cpu;
    private readonly Func<double?> _memory;
    private readonly Func<double?> _disk;
    private double _cpuPercent;
    private int _busySamples;
    private long _last;

    /// <param name="directory">Whose volume must not fill up.</param>
    public SystemResources(string directory, TimeProvider time)
        : this(() => MachineLoad.Cpu(time), MachineLoad.MemoryPercent, () => MachineLoad.DiskPercent(directory), time)
    {
    }

    internal SystemResources(Func<CpuTimes?> cpu, Func<double?> memory, Func<double?> disk, TimeProvider time)
    {
        (_cpu, _memory, _disk, _time) = (cpu, memory, disk, time);
        if (_cpu() is { } first)
            _samples.Enqueue((_time.GetTimestamp(), first));
        _last = _time.GetTimestamp();
    }

    public HealthFinding Look(ResourceThresholds thresholds)
    {
        var (cpu, isBusyForLong) = Sample(thresholds.Cpu);
        var (memory, disk) = (_memory(), _disk());
        List<string> warnings = [];
        Warn("processor", cpu, thresholds.Cpu);
        Warn("memory", memory, thresholds.Memory);
        Warn("disk", disk, thresholds.Disk);
        var metadata = new JsonObject
        {
            ["cpu_percent"] = Rounded(cpu),
            ["memory_percent"] = Rounded(memory),
            ["disk_percent"] = Rounded(disk),
            ["cpu_threshold"] = thresholds.Cpu,
            ["memory_threshold"] = thresholds.Memory,
            ["disk_threshold"] = thresholds.Disk,
            ["warnings"] = new JsonArray([.. warnings.Select(warning => (JsonNode)warning)]),
        };
        var message = warnings.Count == 0 ? "There is room left." : string.Join(" ", warnings);
        if (isBusyForLong)
            return HealthFinding.Broken(message, metadata);
        return memory > thresholds.Memory || disk > thresholds.Disk ? HealthFinding.Weak(message, metadata) : HealthFinding.Well(message, metadata);

        void Warn(string what, double? percent, double threshold)
        {
            if (percent > threshold)
                warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {percent:0} % in use, more than {threshold:0} %."));
            else if (percent > threshold * Near)
                warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {percent:0} % in use, near {threshold:0} %."));
        }
    }

    /// <summary>The average of the last minute, and whether several samples in a row were above the threshold.</summary>
    private (double? Percent, bool IsBusyForLong) Sample(double threshold)
    {
        lock (_lock)
        {
            if (_cpu() is not { } now)
                return (null, false);
            var at = _time.GetTimestamp();
            // Two looks in quick succession are one sample.
            if (_time.GetElapsedTime(_last, at) >= LeastBetweenSamples)
            {
                while (_samples.Count > 1 && _time.GetElapsedTime(_samples.Peek().At, at) > Window)
                    _samples.Dequeue();
                _cpuPercent = _samples.TryPeek(out var oldest) ? now.PercentSince(oldest.Times) : 0;
                _samples.Enqueue((at, now));
                _last = at;
                _busySamples = _cpuPercent > threshold ? _busySamples + 1 : 0;
            }

            return (_cpuPercent, _busySamples >= SamplesBeforeUnhealthy);
        }
    }

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 1) : null;
}

/// <summary>Percent of each resource above which the gate is not well.</summary>
public sealed record ResourceThresholds(double Cpu, double Memory, double Disk);
