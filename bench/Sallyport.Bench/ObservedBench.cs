using System.Net;
using Sallyport.Configuration.Sections;
using Sallyport.Core;
using Sallyport.Gateway.Identity;
using Sallyport.Hosting.Http;
using Sallyport.Hosting.Http.Door;
using Sallyport.Hosting.Logging;
using Sallyport.Hosting.Observing;
using Sallyport.Tests.Mcp;

namespace Sallyport.Bench;

/// <summary>The HTTP edge with JSON logs, metrics and traces to a collector all on, beside the same edge with none of them.</summary>
internal static class ObservedBench
{
    private const int Rounds = 3;

    public static async Task RunAsync()
    {
        // Takes what is sent and throws it away.
        var (collector, address) = await BareServers.StartAsync(static http => http.Request.Body.CopyToAsync(Stream.Null));
        using var logs = StandardErrorLogs.Start(new ObservabilitySettings(LogFormat.Json), TextWriter.Null, TimeProvider.System);
        await using var quiet = await TestGate.StartAsync([new BenchConnector(address)], CancellationToken.None);
        await using var observed = await TestGate.StartAsync([new BenchConnector(address)], CancellationToken.None, logs: logs);
        var options = new HttpOptions(new IPEndPoint(IPAddress.Loopback, 0), new BearerCallers(new TokenDirectory([(new Secret(EdgeBench.Token), TestGate.Reader)])).FindAsync);
        await using var quietHost = await HttpHost.StartAsync(quiet.Parts, options, CancellationToken.None);
        await using var observedHost = await HttpHost.StartAsync(observed.Parts, options, CancellationToken.None);

        // The first run is slow for everybody; after that both take turns, and the best of each counts, because other programs disturb.
        await MeasureAsync(observedHost);
        List<Measured> without = [], with = [];
        for (var round = 0; round < Rounds; round++)
        {
            without.Add(await MeasureAsync(quietHost));
            using (Observers.Start(new ObservabilitySettings(Otlp: address.AbsoluteUri), hasPage: true))
                with.Add(await MeasureAsync(observedHost));
        }

        var best = without.MaxBy(run => run.PerSecond)!;
        best.Print("gate, nothing observed");
        with.MaxBy(run => run.PerSecond)!.Print("  with metrics, traces and logs (goal 0.85)", best);
        await collector.DisposeAsync();
    }

    private static Task<Measured> MeasureAsync(HttpHost host)
        => Load.RunAsync(new Uri(host.Address, "mcp"), EdgeBench.Body("tools/call", EdgeBench.Nothing), EdgeBench.Headers("tools/call", "bench_nothing_do"));
}
