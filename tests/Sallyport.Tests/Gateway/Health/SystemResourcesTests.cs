using Sallyport.Gateway.Health;

namespace Sallyport.Tests.Gateway.Health;

public sealed class SystemResourcesTests
{
    private static readonly ResourceThresholds Thresholds = new(80, 80, 80);

    private readonly FakeClock _clock = new();
    private CpuTimes _cpu = new(0, 0);
    private double? _memory = 10;
    private double? _disk = 10;

    [Fact]
    public void A_busy_minute_is_a_warning_and_only_three_samples_of_it_are_unhealthy()
    {
        var resources = Resources();
        List<HealthStatus> seen = [];
        for (var i = 0; i < 4; i++)
            seen.Add(Look(resources, busy: 0.95).Status);
        seen.Add(Look(resources, busy: 0).Status);
        seen.Add(Look(resources, busy: 0).Status);
        seen.Add(Look(resources, busy: 0).Status);

        Assert.Equal(
            [HealthStatus.Healthy, HealthStatus.Healthy, HealthStatus.Unhealthy, HealthStatus.Unhealthy, HealthStatus.Healthy, HealthStatus.Healthy, HealthStatus.Healthy], seen);
    }

    [Fact]
    public void Looks_in_quick_succession_are_one_sample()
    {
        var resources = Resources();
        Look(resources, busy: 1);
        for (var i = 0; i < 20; i++)
            Assert.Equal(HealthStatus.Healthy, resources.Look(Thresholds).Status);
    }

    [Theory]
    [InlineData(81, 10, HealthStatus.Degraded)]
    [InlineData(10, 81, HealthStatus.Degraded)]
    [InlineData(70, 70, HealthStatus.Healthy)]
    public void Full_memory_or_a_full_disk_degrade(double memory, double disk, HealthStatus expected)
    {
        (_memory, _disk) = (memory, disk);

        var finding = Resources().Look(Thresholds);

        Assert.Equal(expected, finding.Status);
        // Near a threshold there is a word of warning, whatever the verdict.
        Assert.NotEmpty(finding.Metadata!["warnings"]!.AsArray());
    }

    [Fact]
    public void What_cannot_be_measured_is_not_held_against_the_gate()
    {
        (_memory, _disk) = (null, null);

        var finding = new SystemResources(() => null, () => _memory, () => _disk, _clock).Look(Thresholds);

        Assert.Equal(HealthStatus.Healthy, finding.Status);
        Assert.Null(finding.Metadata!["cpu_percent"]);
    }

    [Fact]
    public void The_kernels_own_texts_are_read()
    {
        var earlier = MachineLoad.Machine("cpu  100 0 100 700 100 0 0 0 0 0\ncpu0 1 2 3 4\n")!.Value;
        var later = MachineLoad.Machine("cpu  150 0 150 750 150 0 0 0 0 0\ncpu0 1 2 3 4\n")!.Value;

        Assert.Equal(50, later.PercentSince(earlier));
        Assert.Equal(25, MachineLoad.Memory("MemTotal:       1000 kB\nMemFree: 10 kB\nMemAvailable:    750 kB\n"));
        Assert.Equal(2, MachineLoad.Quota("200000 100000"));
        Assert.Null(MachineLoad.Quota("max 100000"));
    }

    [Fact]
    public void This_machine_can_be_measured()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux says how busy it is in files.");

        var finding = new SystemResources(Path.GetTempPath(), TimeProvider.System).Look(new ResourceThresholds(100, 100, 100));

        Assert.InRange(finding.Metadata!["memory_percent"]!.GetValue<double>(), 0.1, 100);
        Assert.InRange(finding.Metadata["disk_percent"]!.GetValue<double>(), 0, 100);
    }

    private SystemResources Resources() => new(() => _cpu, () => _memory, () => _disk, _clock);

    /// <summary>A minute later, with so much of it spent working.</summary>
    private HealthFinding Look(SystemResources resources, double busy)
    {
        _clock.Advance(TimeSpan.FromSeconds(60));
        _cpu = new CpuTimes(_cpu.Busy + (60 * busy), _cpu.Total + 60);
        return resources.Look(Thresholds);
    }
}
