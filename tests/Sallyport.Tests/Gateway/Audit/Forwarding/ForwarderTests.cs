using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Audit.Files;
using Sallyport.Gateway.Audit.Forwarding;

namespace Sallyport.Tests.Gateway.Audit.Forwarding;

public sealed class ForwarderTests : IDisposable
{
    private readonly TestLog _test = new();

    public void Dispose() => _test.Dispose();

    private string Cursor => _test.File + ".siem.cursor";

    private IEnumerable<string> AllLines => LogSeries.Of(_test.File).SelectMany(File.ReadLines);

    [Fact]
    public async Task Every_record_arrives_in_order_and_to_the_byte_up_to_the_last_one()
    {
        var sink = new RecordingSink();
        await using (var log = await StartAsync(sink))
        {
            for (var i = 0; i < 1200; i++) await TestLog.CallAsync(log, i);
        }

        Assert.Equal(_test.Lines, sink.Received);
        Assert.Equal("checkpoint", Member(sink.Received.Last(), "event"));
    }

    [Fact]
    public async Task What_was_recorded_while_the_receiver_was_away_arrives_after_a_restart()
    {
        await using (var log = await StartAsync(new RecordingSink { Fault = new SinkException("is away") })) await TestLog.CallAsync(log, 1);

        var sink = new RecordingSink();
        await using (var log = await StartAsync(sink)) await TestLog.CallAsync(log, 2);

        Assert.Equal(_test.Lines, sink.Received);
    }

    [Fact]
    public async Task A_file_that_is_set_aside_at_the_start_is_sent_to_its_end_first()
    {
        await using (var log = await StartAsync(new RecordingSink { Fault = new SinkException("is away") })) await TestLog.CallAsync(log, 1);
        _test.Clock.Advance(TimeSpan.FromHours(25));

        var sink = new RecordingSink();
        await using (var log = await StartAsync(sink, rotation: new AuditRotation(Age: TimeSpan.FromDays(1)))) await TestLog.CallAsync(log, 2);

        Assert.Single(LogSeries.SetAside(_test.File));
        Assert.Equal(AllLines, sink.Received);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, false)]
    public async Task A_receiver_that_stumbles_while_the_gate_stops_is_asked_once_more(int stumbles, bool gets)
    {
        var sink = new RecordingSink { Doubt = TimeSpan.FromDays(1) };
        await using (var log = await StartAsync(sink))
        {
            await UntilAsync(() => sink.Received.Count == 1);
            sink.Stumbles = stumbles;
        }

        Assert.Equal(gets, sink.Received.Any(line => Member(line, "event") == "checkpoint"));
    }

    [Fact]
    public async Task What_ails_a_receiver_is_said_once_for_as_long_as_it_is_the_same()
    {
        using var said = new LogLines();
        var sink = new RecordingSink { Fault = new SinkException("is away") };
        await using var log = await StartAsync(sink, logger: said.CreateLogger("audit"));
        await UntilAsync(() => sink.Attempts >= 3);
        sink.Fault = new SinkException("is not trusted");
        var tried = sink.Attempts;
        await UntilAsync(() => sink.Attempts >= tried + 3);

        Assert.Equal((1, 1), (Times("is away"), Times("is not trusted")));

        int Times(string problem) => said.Lines.Count(line => line.Text.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_receiver_that_got_everything_gets_nothing_twice_after_a_restart()
    {
        await using (var log = await StartAsync(new RecordingSink())) await TestLog.CallAsync(log, 1);
        var before = _test.Lines.Length;

        var sink = new RecordingSink();
        await using (var log = await StartAsync(sink)) await TestLog.CallAsync(log, 2);

        Assert.Equal(_test.Lines[before..], sink.Received);
    }

    [Fact]
    public async Task A_receiver_that_comes_back_gets_everything_from_files_set_aside_meanwhile()
    {
        var sink = new RecordingSink { Fault = new SinkException("is away") };
        await using (var log = await StartAsync(sink, rotation: new AuditRotation(3000)))
        {
            await _test.RotateAsync(log);
            await _test.RotateAsync(log);
            await UntilAsync(() => sink.Attempts > 2);
            var status = Assert.Single(log.Sinks);
            Assert.Equal(("siem", "is away", false, 0L), (status.Name, status.Problem, status.IsHealthy, status.Sent));
            Assert.InRange(status.WaitingBytes, 6000, long.MaxValue);

            sink.Fault = null;
            await UntilAsync(() => log.Sinks.Single() is { IsHealthy: true, WaitingBytes: 0 });
            Assert.Equal(AllLines, sink.Received);
        }
    }

    [Fact]
    public async Task Beyond_the_limit_the_oldest_are_skipped_and_named_in_the_chain()
    {
        var sink = new RecordingSink { Fault = new SinkException("is away") };
        await using (var log = await StartAsync(sink, forwarding: f => f with { WaitingBytes = 20_000 }))
        {
            for (var i = 0; i < 200; i++) await TestLog.CallAsync(log, i);
            await UntilAsync(() => log.Sinks.Single() is { Dropped: > 0, WaitingBytes: <= 20_000 });
            Assert.InRange(log.Sinks.Single().WaitingBytes, 10_000, 20_000);
            sink.Fault = null;
            await UntilAsync(() => sink.Received.Any(line => Member(line, "event") == "gap"));
        }

        Assert.All(_test.Lines, line => Assert.Empty(AuditSchema.Schema.Validate(System.Text.Encoding.UTF8.GetBytes(line))));
        var gap = JsonDocument.Parse(_test.Lines.Single(line => Member(line, "event") == "gap")).RootElement;
        var received = sink.Received.Select(Seq).ToList();
        var missing = Enumerable.Range(0, _test.Lines.Length).Select(seq => (long)seq).Except(received).ToList();
        Assert.Equal(("siem", missing.Count, missing[0], missing[^1]),
            (gap.GetProperty("sink").GetString(), gap.GetProperty("count").GetInt32(), gap.GetProperty("firstSeq").GetInt64(), gap.GetProperty("lastSeq").GetInt64()));
        Assert.Equal(received.Order(), received);
        Assert.True(_test.Verify().IsIntact);
    }

    [Fact]
    public async Task Where_records_must_not_be_skipped_calls_are_refused_until_the_receiver_has_caught_up()
    {
        var sink = new RecordingSink { Fault = new SinkException("is away") };
        await using var log = await StartAsync(sink, forwarding: f => f with { WaitingBytes = 2_000, RefuseWhenFull = true });

        var refused = await Assert.ThrowsAsync<AuditUnavailableException>(async () =>
        {
            for (var i = 0; i < 10; i++) await TestLog.CallAsync(log, i);
        });
        Assert.Equal("Audit receiver siem is too far behind.", refused.Message);
        await UntilAsync(() => sink.Attempts > 3);
        Assert.Equal(0, log.Sinks.Single().Dropped);

        sink.Fault = null;
        await UntilAsync(() => log.Sinks.Single().WaitingBytes == 0);
        await TestLog.CallAsync(log, 99);
        await UntilAsync(() => log.Sinks.Single().WaitingBytes == 0);
        Assert.Equal(_test.Lines, sink.Received);
    }

    [Fact]
    public async Task What_a_broken_connection_may_have_swallowed_is_sent_again_but_not_what_is_past_doubt()
    {
        var sink = new RecordingSink { Doubt = TimeSpan.FromSeconds(15) };
        await using var log = await StartAsync(sink);
        await UntilAsync(() => log.Sinks.Single().WaitingBytes == 0);
        var settled = sink.Received.Count;
        await TestLog.CallAsync(log, 1);
        await UntilAsync(() => sink.Received.Count == settled + 2, TimeSpan.FromMilliseconds(50));
        Assert.NotEqual(0, log.Sinks.Single().WaitingBytes);

        sink.IsConnected = false;
        await UntilAsync(() => sink.Received.Count == settled + 4);

        var received = sink.Received.ToList();
        Assert.Equal(received[settled..(settled + 2)], received[(settled + 2)..]);
        await UntilAsync(() => log.Sinks.Single().WaitingBytes == 0);
    }

    [Fact]
    public async Task What_is_in_doubt_when_the_gate_stops_is_sent_again_after_the_next_start()
    {
        await using (var log = await StartAsync(new RecordingSink { Doubt = TimeSpan.FromDays(1), Finishes = false })) await TestLog.CallAsync(log, 1);

        var sink = new RecordingSink();
        await using (await StartAsync(sink)) { }

        Assert.Equal(_test.Lines, sink.Received);
    }

    [Fact]
    public async Task A_batch_that_the_receiver_will_never_take_is_given_up_and_counted()
    {
        var sink = new RecordingSink { Fault = new SinkException("answered HTTP 400") { IsRejected = true } };
        await using var log = await StartAsync(sink);
        await UntilAsync(() => log.Sinks.Single().Dropped == 1);
        sink.Fault = null;
        await TestLog.CallAsync(log, 1);
        await UntilAsync(() => sink.Received.Any(line => Member(line, "event") == "gap"));

        Assert.Equal([1L, 2, 3], sink.Received.Select(Seq));
    }

    [Fact]
    public async Task A_record_too_large_for_the_receiver_is_counted_and_the_rest_is_sent()
    {
        var sink = new RecordingSink { MaxRecordBytes = 1000 };
        await using var log = await StartAsync(sink);
        await log.OpenCallAsync(TestLog.Call(1, $$"""{"text":"{{new string('x', 2000)}}"}"""), false, default);
        await TestLog.CallAsync(log, 2);
        // The gap is recorded as soon as it is met, which may be before or after the next call.
        await UntilAsync(() => sink.Received.Count == 4 && sink.Received.Any(line => Member(line, "event") == "gap"));

        Assert.Equal([0L, 2, 3, 4], sink.Received.Select(Seq));
    }

    [Fact]
    public async Task Records_that_vanished_from_the_log_while_the_receiver_was_away_are_counted()
    {
        await using (var log = await StartAsync(new RecordingSink { Fault = new SinkException("is away") }, rotation: new AuditRotation(3000)))
        {
            await _test.RotateAsync(log);
            await _test.RotateAsync(log);
        }

        var gone = File.ReadLines(LogSeries.SetAside(_test.File)[1]).Count();
        File.Delete(LogSeries.SetAside(_test.File)[1]);
        var sink = new RecordingSink();
        await using (var log = await StartAsync(sink)) await UntilAsync(() => sink.Received.Any(line => Member(line, "event") == "gap"));

        Assert.Equal(gone, JsonDocument.Parse(sink.Received.Single(line => Member(line, "event") == "gap")).RootElement.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task A_new_receiver_begins_with_the_start_that_named_it()
    {
        await _test.WriteAsync(calls: 3);
        var before = _test.Lines.Length;

        var sink = new RecordingSink();
        await using (var log = await StartAsync(sink)) await TestLog.CallAsync(log, 1);

        Assert.Equal(_test.Lines[before..], sink.Received);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"Place":{"Chain":"x","Seq":99,"Hmac":"y","Offset":123456789}}""")]
    public async Task A_damaged_mark_sends_everything_again_rather_than_losing_any(string cursor)
    {
        await using (var log = await StartAsync(new RecordingSink())) await TestLog.CallAsync(log, 1);
        File.WriteAllText(Cursor, cursor);

        var sink = new RecordingSink();
        await using (await StartAsync(sink)) { }

        Assert.Equal(_test.Lines, sink.Received);
    }

    [Fact]
    public async Task Checkpoints_alone_can_be_kept_elsewhere()
    {
        var sink = new RecordingSink();
        await using (var log = await StartAsync(sink, plan: plan => plan with { CheckpointsOnly = true }))
        {
            for (var i = 0; i < 600; i++) await TestLog.CallAsync(log, i);
        }

        Assert.Equal(["start", "checkpoint", "checkpoint"], sink.Received.Select(line => Member(line, "event")));
    }

    [Fact]
    public async Task Each_receiver_gets_the_form_that_was_chosen_for_it()
    {
        var sink = new RecordingSink();
        await using (var log = await StartAsync(sink, plan: plan => plan with { Form = RecordForm.Ocsf })) await TestLog.CallAsync(log, 1);

        Assert.Equal(_test.Lines.Length, sink.Received.Count);
        Assert.All(sink.Received, line => Assert.Equal(6003, JsonDocument.Parse(line).RootElement.GetProperty("class_uid").GetInt32()));
    }

    [Fact]
    public async Task A_batch_waits_to_fill_no_longer_than_it_should()
    {
        var sink = new RecordingSink();
        await using var log = await StartAsync(sink, plan: plan => plan with { BatchRecords = 4, FlushAfter = TimeSpan.FromSeconds(5) });
        await UntilAsync(() => _test.Clock.Waiting > 1, TimeSpan.Zero);
        Assert.Equal(0, sink.Attempts);

        // Full: sent at the next look.
        await TestLog.CallAsync(log, 1);
        await log.OpenCallAsync(TestLog.Call(2), false, default);
        await UntilAsync(() => sink.Attempts == 1, TimeSpan.FromMilliseconds(1));
        Assert.Equal(4, sink.Received.Count);

        // Not full: sent once it is old.
        await log.OpenCallAsync(TestLog.Call(3), false, default);
        await UntilAsync(() => sink.Attempts == 2);
        Assert.Equal(5, sink.Received.Count);
    }

    private Task<AuditLog> StartAsync(
        RecordingSink sink, Func<SinkPlan, SinkPlan>? plan = null, Func<AuditForwarding, AuditForwarding>? forwarding = null, AuditRotation? rotation = null, ILogger? logger = null)
    {
        var sent = new AuditForwarding([plan is null ? new SinkPlan("siem", sink) : plan(new SinkPlan("siem", sink))]);
        var options = new AuditOptions(_test.File, TestLog.Key, AuditDurability.Writes, "gate-1")
        {
            Forwarding = forwarding is null ? sent : forwarding(sent),
            Rotation = rotation ?? new(),
        };
        return AuditLog.StartAsync(options, _test.Clock, logger ?? NullLogger.Instance, default);
    }

    /// <summary>Lets time pass, whenever the forwarder waits for it beside the log's own timer, until something has happened.</summary>
    private async Task UntilAsync(Func<bool> isSo, TimeSpan? step = null)
    {
        for (var i = 0; !isSo(); i++)
        {
            Assert.True(i < 2_000_000, "It never happened.");
            if (_test.Clock.Waiting > 1) _test.Clock.Advance(step ?? TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }
    }

    private static string? Member(string line, string name) => JsonDocument.Parse(line).RootElement.GetProperty(name).GetString();

    private static long Seq(string line) => JsonDocument.Parse(line).RootElement.GetProperty("seq").GetInt64();
}
