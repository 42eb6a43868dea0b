using System.Globalization;

namespace Sallyport.Gateway.Health;

/// <summary>Reads how busy and how full this machine, or the container we run in, is. Nothing here waits.</summary>
internal static class MachineLoad
{
    private const string Cgroup = "/sys/fs/cgroup/";

    /// <summary>Processor time used and available since some moment in the past; null where it cannot be read.</summary>
    public static CpuTimes? Cpu(TimeProvider time)
    {
        // A container that is limited is busy when it has used its own share up, whatever the machine does.
        if (Read(Cgroup + "cpu.max") is { } limit && Quota(limit) is { } processors && Read(Cgroup + "cpu.stat") is { } used && Field(used, "usage_usec") is { } microseconds)
            return new CpuTimes(microseconds / 1e6, time.GetTimestamp() / (double)time.TimestampFrequency * processors);
        return Read("/proc/stat") is { } stat ? Machine(stat) : null;
    }

    /// <summary>Percent of the memory in use; null where it cannot be read.</summary>
    public static double? MemoryPercent()
    {
        if (Read(Cgroup + "memory.max") is { } max && double.TryParse(max, CultureInfo.InvariantCulture, out var limit)
            && Read(Cgroup + "memory.current") is { } current && double.TryParse(current, CultureInfo.InvariantCulture, out var used))
        {
            var reclaimable = Read(Cgroup + "memory.stat") is { } stat ? Field(stat, "inactive_file") ?? 0 : 0;
            return 100 * (used - reclaimable) / limit;
        }

        return Read("/proc/meminfo") is { } meminfo ? Memory(meminfo) : null;
    }

    /// <summary>Percent of the volume in use that holds a directory.</summary>
    public static double? DiskPercent(string directory)
    {
        try
        {
            var drive = new DriveInfo(directory);
            return drive.TotalSize == 0 ? null : 100.0 * (drive.TotalSize - drive.AvailableFreeSpace) / drive.TotalSize;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The first line of <c>/proc/stat</c>: user, nice, system, idle, iowait and more, in ticks.</summary>
    internal static CpuTimes? Machine(string stat)
    {
        var fields = stat.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields is not ["cpu", ..] || fields.Length < 6)
            return null;
        var ticks = fields.Skip(1).Take(8).Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToList();
        return new CpuTimes(ticks.Sum() - ticks[3] - ticks[4], ticks.Sum());
    }

    internal static double? Memory(string meminfo)
        => Field(meminfo, "MemTotal:") is { } total && Field(meminfo, "MemAvailable:") is { } available && total > 0 ? 100 * (total - available) / total : null;

    /// <summary><c>max 100000</c> is no limit; <c>200000 100000</c> is two processors.</summary>
    internal static double? Quota(string cpuMax) => cpuMax.Split(' ') is [var quota, var period]
        && double.TryParse(quota, CultureInfo.InvariantCulture, out var microseconds) && double.TryParse(period, CultureInfo.InvariantCulture, out var each) ? microseconds / each : null;

    private static double? Field(string text, string name)
    {
        foreach (var line in text.Split('\n'))
        {
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length >= 2 && parts[0] == name && double.TryParse(parts[1], CultureInfo.InvariantCulture, out var value))
                return value;
        }

        return null;
    }

    private static string? Read(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>Processor time: how much was used and how much there was.</summary>
internal readonly record struct CpuTimes(double Busy, double Total)
{
    public double PercentSince(CpuTimes earlier) => Total > earlier.Total ? Math.Clamp(100 * (Busy - earlier.Busy) / (Total - earlier.Total), 0, 100) : 0;
}
