using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Audit.Verifying;

namespace Sallyport.Bench;

/// <summary>How many calls a second the audit takes down, with and without waiting for the disk, and how fast it is checked.</summary>
internal static class AuditBench
{
    private const int Callers = 32;
    private const int VerifiedCalls = 250_000;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);
    private static readonly AuditKey Key = AuditKey.Parse("a key for the bench, long enough for one");
    private static readonly byte[] Arguments = """{"host_id":4711,"limit":25,"state":"active"}"""u8.ToArray();

    public static async Task RunAsync()
    {
        Console.WriteLine();
        Console.WriteLine($"{"audit",-46}{"per s",10}");
        await CallsAsync("calls, with the operating system", AuditDurability.Os, durable: false);
        await CallsAsync("writes, on the disk: one flush for all who wait", AuditDurability.Writes, durable: true);
        await VerifyAsync();
    }

    private static async Task CallsAsync(string name, AuditDurability durability, bool durable)
    {
        var folder = Directory.CreateTempSubdirectory("sallyport-bench-");
        long calls = 0;
        await using (var log = await StartAsync(folder, durability))
        {
            var end = Stopwatch.GetTimestamp() + (long)(Length.TotalSeconds * Stopwatch.Frequency);
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
            {
                while (Stopwatch.GetTimestamp() < end)
                {
                    await CallAsync(log, Interlocked.Increment(ref calls), durable);
                }
            })));
        }

        Console.WriteLine($"{name,-46}{calls / Length.TotalSeconds,10:F0}");
        folder.Delete(recursive: true);
    }

    private static async Task VerifyAsync()
    {
        var folder = Directory.CreateTempSubdirectory("sallyport-bench-");
        await using (var log = await StartAsync(folder, AuditDurability.Os))
        {
            for (var i = 0; i < VerifiedCalls; i++) await CallAsync(log, i, durable: false);
        }

        var started = Stopwatch.GetTimestamp();
        var result = AuditVerifier.Verify([FileOf(folder)], [Key], [], CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (!result.IsIntact) throw new InvalidOperationException(result.FirstBad!.Sentence);
        var megabytes = folder.EnumerateFiles("*.jsonl*").Sum(file => file.Length) >> 20;
        Console.WriteLine($"{"records checked",-46}{result.Records / seconds,10:F0}   ({megabytes / seconds:F0} MB/s)");
        folder.Delete(recursive: true);
    }

    private static Task<AuditLog> StartAsync(DirectoryInfo folder, AuditDurability durability) =>
        AuditLog.StartAsync(new AuditOptions(FileOf(folder), Key, durability, "bench/1"), TimeProvider.System, NullLogger.Instance, CancellationToken.None);

    private static string FileOf(DirectoryInfo folder) => Path.Combine(folder.FullName, "audit.jsonl");

    private static async Task CallAsync(AuditLog log, long number, bool durable)
    {
        var call = new AuditCallOpened($"call-{number}", "soc-agent", "bench", "contoso", "vectra_detections_list", "read", Arguments, "sha256:00");
        await log.OpenCallAsync(call, durable, CancellationToken.None);
        await log.CloseCallAsync(new AuditCallClosed(call, "succeeded", Duration: TimeSpan.FromMilliseconds(12), Bytes: 345));
    }
}
