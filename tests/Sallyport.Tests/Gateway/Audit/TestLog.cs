using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Audit.Files;
using Sallyport.Gateway.Audit.Verifying;

namespace Sallyport.Tests.Gateway.Audit;

/// <summary>An audit log in a folder of its own, and the usual things to record in it.</summary>
internal sealed class TestLog : IDisposable
{
    public static readonly AuditKey Key = AuditKey.Parse("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    public TestLog(string? folder = null)
    {
        Folder = folder ?? Directory.CreateTempSubdirectory("sallyport-audit-").FullName;
        File = Path.Combine(Folder, "audit.jsonl");
    }

    public string Folder { get; }

    public string File { get; }

    public string State => File + ".chain";

    public FakeClock Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public string[] Lines => System.IO.File.ReadAllText(File).TrimEnd('\n').Split('\n');

    public IEnumerable<JsonElement> Records => Lines.Select(line => JsonDocument.Parse(line).RootElement);

    public IEnumerable<string> Events => Records.Select(record => record.GetProperty("event").GetString()!);

    public Task<AuditLog> StartAsync(AuditKey? key = null, AuditDurability durability = AuditDurability.Os, AuditRotation? rotation = null, AuditKey? previousKey = null) =>
        AuditLog.StartAsync(
            new AuditOptions(File, key ?? Key, durability, "gate-1") { Rotation = rotation ?? new(), PreviousKey = previousKey }, Clock, NullLogger.Instance, default);

    /// <summary>Records until the file has been set aside, waiting for the disk each time, so that this does not spin while the flush thread notices.</summary>
    public async Task RotateAsync(AuditLog log)
    {
        var before = LogSeries.SetAside(File).Count;
        for (var i = 0; LogSeries.SetAside(File).Count == before; i++)
        {
            Assert.True(i < 50_000, "The log was never set aside.");
            await log.RecordAsync(new AuditDecision($"ap-{i}", "alice", "denied"), default);
        }
    }

    /// <summary>A log of <paramref name="calls"/> whole calls, closed in order unless it is left as a crash would.</summary>
    public async Task WriteAsync(int calls, AuditKey? key = null)
    {
        await using var log = await StartAsync(key);
        for (var i = 0; i < calls; i++) await CallAsync(log, i);
    }

    public static async Task CallAsync(AuditLog log, int number, bool durable = false)
    {
        var call = Call(number);
        await log.OpenCallAsync(call, durable, default);
        await log.CloseCallAsync(new AuditCallClosed(call, "succeeded", Duration: TimeSpan.FromMilliseconds(12), Bytes: 345));
    }

    public static AuditCallOpened Call(int number, string arguments = """{"limit":25,"host":"ws-17"}""") =>
        new($"call-{number}", "soc-agent", "some client", "contoso", "vectra_detections_list", "read",
            System.Text.Encoding.UTF8.GetBytes(arguments), "sha256:00");

    public AuditVerification Verify(params AuditKey[] keys) => AuditVerifier.Verify([File], keys.Length == 0 ? [Key] : keys, [], default);

    /// <summary>What a crash at this moment would leave, copied into a folder of its own.</summary>
    public TestLog CopyAsAfterCrash()
    {
        var copy = new TestLog();
        System.IO.File.Copy(File, copy.File);
        System.IO.File.Copy(State, copy.State);
        return copy;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
