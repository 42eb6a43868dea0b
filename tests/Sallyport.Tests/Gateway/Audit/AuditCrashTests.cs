using System.Diagnostics;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Audit.Files;
using Sallyport.Gateway.Audit.Verifying;

namespace Sallyport.Tests.Gateway.Audit;

/// <summary>Kills a process that writes the log, 200 times, and misses nothing that it had acknowledged.</summary>
public sealed class AuditCrashTests
{
    private const int Lanes = 4;
    private const int KillsEach = 50;
    private const int LinesAtMost = 150;
    private const int LongLife = 4000;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_however_often_the_gate_is_killed_under_load()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("A process cannot be killed amid its work on Windows as it can here.");
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => KillAsync(new Random(lane)))));
    }

    private static async Task KillAsync(Random random)
    {
        using var test = new TestLog();
        var acknowledged = new HashSet<string>();
        for (var kill = 0; kill < KillsEach; kill++)
        {
            // Some are killed while they take up the chain; the first one is not, for lack of a chain.
            // Every tenth lives long enough to set a file aside, which is looked at every 100 ms.
            var lines = kill % 10 == 9 ? LongLife : kill > 0 && random.Next(10) == 0 ? 1 : random.Next(2, LinesAtMost);
            await foreach (var line in RunAsync(test.File, lines)) acknowledged.Add(line);
        }

        // The last kill of all may have torn a line, which the next start vouches for like those before.
        Assert.Contains(test.Verify().FirstBad?.Rule, new AuditRule?[] { null, AuditRule.TornLine });
        await using (await test.StartAsync()) { }

        var result = test.Verify();
        Assert.Null(result.FirstBad);
        Assert.Single(result.Chains);
        var entries = await AuditReader.ReadAsync(test.File, follow: false, TimeProvider.System, TestContext.Current.CancellationToken)
            .Select(line => line.Entry).OfType<AuditEntry>().ToListAsync(TestContext.Current.CancellationToken);
        Assert.All(entries.Where(entry => entry.Event == "start"), start => Assert.Contains(start.Reason, new[] { "new", "resumed", "torn_line" }));
        acknowledged.ExceptWith(entries.Select(entry => $"{entry.Event} {entry.CallId}"));
        Assert.Empty(acknowledged);
        Assert.NotEmpty(LogSeries.SetAside(test.File));
    }

    /// <summary>What a process said was recorded, until it was killed after so many lines.</summary>
    private static async IAsyncEnumerable<string> RunAsync(string file, int lines)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? [typeof(UntilKilled).Assembly.Location] : [])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            // Whoever is killed cannot remove the sockets that debuggers look for.
            Environment = { [UntilKilled.Variable] = file, ["DOTNET_EnableDiagnostics"] = "0" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput;
        string? whole = null;
        for (var read = 1; await output.ReadLineAsync(TestContext.Current.CancellationToken) is { } line; read++)
        {
            if (read == lines) process.Kill();
            if (whole is not null && whole.Contains(' ', StringComparison.Ordinal)) yield return whole;
            // The last one may be cut off by the kill: it reads like a line, but has no end.
            whole = line;
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
