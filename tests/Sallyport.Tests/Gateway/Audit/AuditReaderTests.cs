using Sallyport.Gateway.Audit;

namespace Sallyport.Tests.Gateway.Audit;

public sealed class AuditReaderTests : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private readonly TestLog _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task Records_are_read_with_all_their_members()
    {
        await using (var log = await _test.StartAsync())
        {
            await log.OpenCallAsync(TestLog.Call(1) with { Approval = "ap-1" }, false, default);
            await log.CloseCallAsync(new AuditCallClosed(TestLog.Call(1), "failed", "internal", "mode", TimeSpan.FromSeconds(1), 2, ["7"], 9));
        }

        var lines = await AuditReader.ReadAsync(_test.File, follow: false, _test.Clock, default).ToListAsync();

        Assert.Equal(_test.Lines, lines.Select(line => System.Text.Encoding.UTF8.GetString(line.Utf8.Span)));
        Assert.Equal([1, 2, 3, 4], lines.Select(line => line.Number));
        Assert.Equal(["start", "open", "close", "checkpoint"], lines.Select(line => line.Entry?.Event));
        var (open, close) = (lines[1].Entry!, lines[2].Entry!);
        Assert.Equal(("call-1", "soc-agent", "contoso", "read", "ap-1"), (open.CallId, open.Caller, open.Tenant, open.Access, open.Approval));
        Assert.Equal(25, open.Arguments!.Value.GetProperty("limit").GetInt32());
        Assert.Equal(("failed", "internal", "mode", 1000, 2, 9), (close.Outcome, close.Code, close.Gate, close.DurationMs, close.Bytes, close.ReadBeforeTotal));
        Assert.Equal(["7"], close.ReadBefore);
        Assert.Equal((2, open.Hmac, "gate-1", _test.Clock.GetUtcNow()), (close.Seq, close.Prev, close.Instance, close.Time));
    }

    [Fact]
    public async Task A_line_that_is_no_record_is_shown_as_it_is()
    {
        File.WriteAllText(_test.File, "junk\n[]\n{}\nunfinished");

        var lines = await AuditReader.ReadAsync(_test.File, follow: false, _test.Clock, default).ToListAsync();

        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.Null(line.Entry));
    }

    [Fact]
    public async Task Following_waits_for_new_records_and_goes_on_after_a_rotation()
    {
        File.WriteAllText(_test.File, "one\n");
        using var stop = new CancellationTokenSource();
        await using var lines = AuditReader.ReadAsync(_test.File, follow: true, _test.Clock, stop.Token).GetAsyncEnumerator();
        Assert.Equal("one", await NextAsync(lines));

        var next = NextAsync(lines);
        File.AppendAllText(_test.File, "two");
        await LookAsync();
        Assert.False(next.IsCompleted);
        File.AppendAllText(_test.File, "\n");
        await LookAsync();
        Assert.Equal("two", await next);

        next = NextAsync(lines);
        File.Move(_test.File, _test.File + ".1");
        await LookAsync();
        File.WriteAllText(_test.File, "six\n");
        await LookAsync();
        Assert.Equal("six", await next);

        next = NextAsync(lines);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    private async Task LookAsync()
    {
        await _test.Clock.TimerSetAsync(Look);
        _test.Clock.Advance(Look);
    }

    private static async Task<string> NextAsync(IAsyncEnumerator<AuditLine> lines)
    {
        Assert.True(await lines.MoveNextAsync());
        return System.Text.Encoding.UTF8.GetString(lines.Current.Utf8.Span);
    }
}
