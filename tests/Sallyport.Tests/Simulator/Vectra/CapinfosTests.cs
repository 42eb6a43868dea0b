using System.Diagnostics;

namespace Sallyport.Tests.Simulator.Vectra;

/// <summary>The captures as Wireshark's own reader sees them.</summary>
public sealed class CapinfosTests
{
    [Fact]
    public async Task Capinfos_accepts_a_capture_and_counts_its_packets()
    {
        var capinfos = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "capinfos")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(capinfos is null, "capinfos is not installed; eng/prerequisites.sh installs it.");
        await using var vectra = await SimulatedVectra.StartAsync();
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, await vectra.Http.GetByteArrayAsync("/api/v3.4/detections/1933/pcap"));

        using var process = Process.Start(new ProcessStartInfo(capinfos!, ["-T", "-r", "-t", "-E", "-c", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var told = await process.StandardOutput.ReadToEndAsync();
        var complaints = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        File.Delete(file);

        Assert.Equal((0, ""), (process.ExitCode, complaints));
        Assert.Equal(["pcap", "ether", "40"], told.Trim().Split('\t')[1..]);
    }
}
