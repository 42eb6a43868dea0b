using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Commands;
using Sallyport.Configuration;
using Sallyport.Connectors;
using Sallyport.Gateway.Pipeline;
using Sallyport.Hosting;

namespace Sallyport.Bench;

/// <summary>A port scan through the whole gate beside the same nmap with the same options started by hand.</summary>
internal static class ScanBench
{
    private const int Rounds = 15;
    private const string Nmap = "/usr/bin/nmap";

    /// <summary>Goal: at most so much on top, or 5 percent, whichever is more.</summary>
    private static readonly TimeSpan GoalSpan = TimeSpan.FromMilliseconds(50);

    public static async Task RunAsync()
    {
        if (!File.Exists(Nmap))
        {
            Console.WriteLine("scan: left out, nmap is not installed.");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("sallyport-bench-").FullName;
        var settings = new SettingsSource(new SettingsInputs(BuiltInConnectors.All, new Dictionary<string, string>(), folder)
        {
            CommandLine = [new("tenants.lab.network.allowedTargets", "loopback", "bench"), new("state.directory", folder, "bench"), new("limits.tools.+", """{"tool":"net_ports_scan","rate":"off"}""", "bench")],
        }).Load().Settings!;
        await using (var gate = await GatewayBuilder.StartAsync(settings, BuiltInConnectors.All, NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None))
        {
            await CompareAsync("scan of 100 ports", gate.Parts.Pipeline, folder, """{"target":"127.0.0.1","ports":"1-100","scan":"connect"}""", "-p", "1-100");
            await CompareAsync("scan of 10,000 ports", gate.Parts.Pipeline, folder, """{"target":"127.0.0.1","ports":"1-10000","scan":"connect"}""", "-p", "1-10000");
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task CompareAsync(string name, ToolCallPipeline pipeline, string folder, string arguments, params string[] ports)
    {
        List<TimeSpan> bare = [];
        List<TimeSpan> gated = [];
        var request = new ToolCallRequest(GateSession.Operator, "net_ports_scan", Encoding.UTF8.GetBytes(arguments));
        // Turn about, so that what else the machine does falls on both; the first round warms up.
        for (var round = 0; round <= Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            await BareAsync(folder, ports);
            var between = Stopwatch.GetTimestamp();
            if (await pipeline.RunAsync(request, CancellationToken.None) is not ToolOutcome.Succeeded)
                throw new InvalidOperationException("The scan failed.");
            if (round == 0)
                continue;
            bare.Add(Stopwatch.GetElapsedTime(started, between));
            gated.Add(Stopwatch.GetElapsedTime(between));
        }

        var (direct, ours) = (Median(bare), Median(gated));
        var most = GoalSpan > direct * 0.05 ? GoalSpan : direct * 0.05;
        Console.WriteLine(
            $"{name,-46}nmap {direct.TotalMilliseconds:0} ms, gate {ours.TotalMilliseconds:0} ms, on top {(ours - direct).TotalMilliseconds:0} ms (goal {most.TotalMilliseconds:0}): {(ours - direct <= most ? "met" : "missed")}");
    }

    /// <summary>The options that the gate gives nmap for this request.</summary>
    private static async Task BareAsync(string folder, string[] ports)
    {
        string[] arguments =
        [
            "-sT", .. ports, "-T4", "--max-parallelism", "100", "-Pn", "-n", Environment.IsPrivilegedProcess ? "--privileged" : "--unprivileged",
            "--noninteractive", "--no-stylesheet", "--stats-every", "5s", "-oX", Path.Combine(folder, "bare.xml"), "--", "127.0.0.1",
        ];
        using var process = Process.Start(new ProcessStartInfo(Nmap, arguments) { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
    }

    private static TimeSpan Median(List<TimeSpan> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}
