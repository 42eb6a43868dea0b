using System.Buffers;
using System.Text;
using System.Text.Json;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Audit.Canonical;

namespace Sallyport.Tests.Gateway.Audit;

public sealed class AuditLogTests : IDisposable
{
    private readonly TestLog _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task A_call_leaves_a_pair_of_records_between_start_and_checkpoint()
    {
        await _test.WriteAsync(calls: 1);

        Assert.Equal(["start", "open", "close", "checkpoint"], _test.Events);
        Assert.Equal([0, 1, 2, 3], _test.Records.Select(record => record.GetProperty("seq").GetInt64()));
    }

    [Fact]
    public async Task An_open_record_says_who_asks_for_what()
    {
        await using (var log = await _test.StartAsync())
            await log.OpenCallAsync(TestLog.Call(1, """{"z": "\u0041", "a": 1.50}""") with { Approval = "ap-1" }, durable: true, default);

        var line = Assert.Single(_test.Lines, line => line.Contains("\"open\"", StringComparison.Ordinal));
        Assert.StartsWith(
            """{"access":"read","approval":"ap-1","arguments":{"a":1.5,"z":"A"},"argumentsDigest":"sha256:00","callId":"call-1","caller":"soc-agent","chain":""",
            line, StringComparison.Ordinal);
        Assert.Contains(
            ""","claimedClient":"some client","event":"open","instance":"gate-1","key":"644df0a684f36508","prev":""", line, StringComparison.Ordinal);
        Assert.Contains(
            ""","schema":"sallyport.audit/1","seq":1,"tenant":"contoso","time":"2026-01-01T00:00:00.000Z","tool":"vectra_detections_list","hmac":""",
            line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_close_record_repeats_the_call_and_says_how_it_ended()
    {
        await using (var log = await _test.StartAsync())
        {
            await log.CloseCallAsync(new AuditCallClosed(
                TestLog.Call(7), "refused", "read_only", "mode", TimeSpan.FromMilliseconds(1500.9), 42, ["12", "7"], 640));
        }

        var close = _test.Records.Single(record => record.GetProperty("event").GetString() == "close");
        Assert.Equal("call-7", close.GetProperty("callId").GetString());
        Assert.Equal("soc-agent", close.GetProperty("caller").GetString());
        Assert.Equal("refused", close.GetProperty("outcome").GetString());
        Assert.Equal("read_only", close.GetProperty("code").GetString());
        Assert.Equal("mode", close.GetProperty("gate").GetString());
        Assert.Equal(1500, close.GetProperty("durationMs").GetInt64());
        Assert.Equal(42, close.GetProperty("bytes").GetInt64());
        Assert.Equal("""["12","7"]""", close.GetProperty("readBefore").GetRawText());
        Assert.Equal(640, close.GetProperty("readBeforeTotal").GetInt64());
        Assert.False(close.TryGetProperty("arguments", out _));
    }

    [Fact]
    public async Task A_decision_names_the_approver_and_the_digest_decided_on()
    {
        await using (var log = await _test.StartAsync())
            await log.RecordAsync(new AuditDecision("ap-1", "alice", "approved", "call-1", "contoso", "eset_device_isolate", "sha256:ab"), default);

        var decision = _test.Records.Single(record => record.GetProperty("event").GetString() == "decision");
        Assert.Equal("ap-1", decision.GetProperty("approval").GetString());
        Assert.Equal("alice", decision.GetProperty("caller").GetString());
        Assert.Equal("approved", decision.GetProperty("outcome").GetString());
        Assert.Equal("sha256:ab", decision.GetProperty("argumentsDigest").GetString());
    }

    [Fact]
    public async Task Every_line_without_its_seal_is_in_canonical_form()
    {
        await using (var log = await _test.StartAsync())
        {
            await log.OpenCallAsync(TestLog.Call(1) with { Tool = "\"\\\u0001é😀", Approval = "a" }, durable: false, default);
            await log.CloseCallAsync(new AuditCallClosed(TestLog.Call(1), "failed", "internal", "g", default, 1, ["x"], 2, "b"));
            await log.RecordAsync(new AuditDecision("ap", "alice", "denied"), default);
        }

        foreach (var line in _test.Lines)
        {
            var open = line[..line.LastIndexOf(",\"hmac\":", StringComparison.Ordinal)] + "}";
            var canonical = new ArrayBufferWriter<byte>();
            CanonicalJson.Write(canonical, Encoding.UTF8.GetBytes(open));
            Assert.Equal(Encoding.UTF8.GetString(canonical.WrittenSpan), open);
        }
    }

    [Fact]
    public async Task A_record_is_with_the_operating_system_before_the_caller_goes_on()
    {
        await using var log = await _test.StartAsync();
        for (var i = 0; i < 50; i++)
        {
            await log.OpenCallAsync(TestLog.Call(i), durable: false, default);
            Assert.Contains($"\"call-{i}\"", _test.Lines[^1], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(AuditDurability.Writes, true, false)]
    [InlineData(AuditDurability.All, false, false)]
    [InlineData(AuditDurability.Writes, false, true)]
    [InlineData(AuditDurability.Os, true, true)]
    public async Task Only_what_must_be_on_the_disk_waits_for_it(AuditDurability durability, bool isWrite, bool completesAtOnce)
    {
        await using var log = await _test.StartAsync(durability: durability);

        // The disk answers on another thread, so one that is waited for is now and then ready before it is looked at; never all of them.
        var atOnce = 0;
        for (var i = 0; i < 20; i++)
        {
            var opening = log.OpenCallAsync(TestLog.Call(i), isWrite, default);
            if (opening.IsCompleted) atOnce++;
            await opening;
        }

        if (completesAtOnce) Assert.Equal(20, atOnce);
        else Assert.NotEqual(20, atOnce);
    }

    [Fact]
    public async Task A_call_that_was_cancelled_before_it_opened_is_not_recorded()
    {
        await using var log = await _test.StartAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => log.OpenCallAsync(TestLog.Call(1), true, new CancellationToken(true)).AsTask());

        Assert.Equal(["start"], _test.Events);
    }

    [Fact]
    public async Task Arguments_too_large_to_record_leave_their_size_and_digest()
    {
        var large = $$"""{"report":"{{new string('x', AuditLog.MaxArgumentsBytes)}}"}""";
        await using (var log = await _test.StartAsync()) await log.OpenCallAsync(TestLog.Call(1, large), false, default);

        var open = _test.Records.ElementAt(1);
        Assert.False(open.TryGetProperty("arguments", out _));
        Assert.Equal(large.Length, open.GetProperty("argumentsBytes").GetInt64());
        Assert.Equal("sha256:00", open.GetProperty("argumentsDigest").GetString());
        Assert.True(_test.Verify().IsIntact);
    }

    [Fact]
    public async Task Hostile_names_cannot_flood_the_log_or_end_a_line()
    {
        var call = TestLog.Call(1) with { Tool = new string('\n', 5_000_000), ClaimedClient = "a\nb\u2028c\ud800" };
        await using (var log = await _test.StartAsync())
        {
            await log.OpenCallAsync(call, false, default);
            await log.CloseCallAsync(new AuditCallClosed(call, "refused", ReadBefore: [.. Enumerable.Repeat(new string('\u0001', 9000), 2000)]));
        }

        Assert.Equal(["start", "open", "close", "checkpoint"], _test.Events);
        Assert.Equal(2000, _test.Records.ElementAt(2).GetProperty("readBeforeTotal").GetInt64());
        Assert.Equal("a\nb\u2028c\ufffd", _test.Records.ElementAt(1).GetProperty("claimedClient").GetString());
        Assert.True(_test.Verify().IsIntact);
    }

    [Fact]
    public async Task Arguments_that_are_not_JSON_end_the_call()
    {
        await using var log = await _test.StartAsync();

        await Assert.ThrowsAnyAsync<JsonException>(() => log.OpenCallAsync(TestLog.Call(1, "{"), false, default).AsTask());

        await TestLog.CallAsync(log, 2);
        Assert.True(_test.Verify().IsIntact);
    }

    [Fact]
    public async Task A_checkpoint_follows_every_thousand_records()
    {
        await _test.WriteAsync(calls: 750);

        var checkpoints = _test.Records.Where(record => record.GetProperty("event").GetString() == "checkpoint").ToList();
        Assert.Equal([(0, 1000), (1001, 501)], checkpoints.Select(record => (record.GetProperty("firstSeq").GetInt32(), record.GetProperty("count").GetInt32())));
        Assert.Equal(["records", "shutdown"], checkpoints.Select(record => record.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task A_checkpoint_is_written_ten_minutes_after_traffic()
    {
        await using var log = await _test.StartAsync();
        await TestLog.CallAsync(log, 1);

        _test.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal("close", _test.Events.Last());
        _test.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("checkpoint", _test.Events.Last());
    }

    [Fact]
    public async Task A_new_log_is_for_its_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("File modes are a POSIX matter.");
            return;
        }

        await _test.WriteAsync(calls: 1);

        foreach (var file in Directory.GetFiles(_test.Folder))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Recording_in_a_closed_log_fails()
    {
        var log = await _test.StartAsync();
        await log.DisposeAsync();
        await log.DisposeAsync();

        await Assert.ThrowsAsync<AuditUnavailableException>(() => TestLog.CallAsync(log, 1));
        Assert.Equal(["start", "checkpoint"], _test.Events);
    }
}
