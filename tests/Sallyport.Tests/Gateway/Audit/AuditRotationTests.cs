using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Audit.Files;
using Sallyport.Gateway.Audit.Verifying;

namespace Sallyport.Tests.Gateway.Audit;

/// <summary>What happens when the log sets its own files aside.</summary>
public sealed class AuditRotationTests : IDisposable
{
    private static readonly AuditRotation Small = new(Bytes: 3000);
    private readonly TestLog _test = new();

    public void Dispose() => _test.Dispose();

    private IReadOnlyList<string> SetAside => LogSeries.SetAside(_test.File);

    [Fact]
    public async Task A_full_file_is_set_aside_and_the_chain_goes_on_in_the_next()
    {
        await using (var log = await _test.StartAsync(durability: AuditDurability.All, rotation: Small))
        {
            await _test.RotateAsync(log);
            await _test.RotateAsync(log);
            await TestLog.CallAsync(log, 1);
        }

        await _test.WriteAsync(calls: 1);

        Assert.Equal(2, SetAside.Count);
        Assert.All(SetAside, file => Assert.Contains("\"reason\":\"rotated\"", File.ReadLines(file).Last(), StringComparison.Ordinal));
        Assert.Contains(_test.Lines, line => line.Contains("\"reason\":\"resumed\"", StringComparison.Ordinal));
        Assert.Empty(Assert.Single(_test.Verify().Chains).Findings);
    }

    [Fact]
    public async Task An_old_file_is_set_aside_at_the_next_record_even_after_a_restart()
    {
        await _test.WriteAsync(calls: 1);
        _test.Clock.Advance(TimeSpan.FromHours(23));
        await using var log = await _test.StartAsync(durability: AuditDurability.Writes, rotation: new AuditRotation(Age: TimeSpan.FromDays(1)));
        _test.Clock.Advance(TimeSpan.FromHours(1));

        await _test.RotateAsync(log);

        Assert.Equal(_test.File + ".20260102T000000000Z", Assert.Single(SetAside));
        Assert.True(_test.Verify().IsIntact);
    }

    [Fact]
    public async Task An_old_file_is_set_aside_at_the_start_because_a_short_run_never_comes_to_it_later()
    {
        await _test.WriteAsync(calls: 1);
        _test.Clock.Advance(TimeSpan.FromHours(25));
        await using var log = await _test.StartAsync(rotation: new AuditRotation(Age: TimeSpan.FromDays(1)));

        Assert.Single(SetAside);
        await TestLog.CallAsync(log, 1);

        Assert.True(_test.Verify().IsIntact);
    }

    [Fact]
    public async Task A_file_set_aside_that_is_lost_is_missed()
    {
        await using (var log = await _test.StartAsync(durability: AuditDurability.All, rotation: Small))
        {
            await _test.RotateAsync(log);
            await _test.RotateAsync(log);
        }

        File.Delete(SetAside[1]);

        Assert.Equal(AuditRule.Gap, _test.Verify().FirstBad?.Rule);
    }

    [Fact]
    public async Task A_crash_between_two_files_is_no_break()
    {
        await using var crashing = await _test.StartAsync();
        await TestLog.CallAsync(crashing, 1);
        using var after = _test.CopyAsAfterCrash();
        File.Move(after.File, after.File + ".20260101T000000001Z");

        Assert.True(after.Verify().IsIntact);
        await after.WriteAsync(calls: 1);

        Assert.Contains("\"reason\":\"resumed\"", after.Lines[0], StringComparison.Ordinal);
        Assert.Empty(Assert.Single(after.Verify().Chains).Findings);
    }

    [Fact]
    public async Task A_state_that_lags_behind_two_rotations_is_caught_up()
    {
        using var after = new TestLog();
        await using (var log = await _test.StartAsync(durability: AuditDurability.All, rotation: Small))
        {
            await TestLog.CallAsync(log, 1);
            File.Copy(_test.State, after.State);
            await _test.RotateAsync(log);
            await _test.RotateAsync(log);
            await TestLog.CallAsync(log, 2);
            foreach (var file in LogSeries.Of(_test.File)) File.Copy(file, file.Replace(_test.File, after.File, StringComparison.Ordinal));
        }

        await after.WriteAsync(calls: 1);

        Assert.Contains(after.Lines, line => line.Contains("\"reason\":\"resumed\"", StringComparison.Ordinal));
        Assert.Empty(Assert.Single(after.Verify().Chains).Findings);

        // The same with one of the files altered.
        File.AppendAllText(LogSeries.SetAside(after.File)[1], "{}\n");
        File.Copy(_test.State, after.State, overwrite: true);
        Assert.False(after.Verify().IsIntact);
    }

    [Fact]
    public async Task A_log_whose_files_are_all_gone_but_for_those_set_aside_is_not_new()
    {
        await using (var log = await _test.StartAsync(durability: AuditDurability.All, rotation: Small)) await _test.RotateAsync(log);
        File.Delete(_test.State);
        File.Delete(_test.File);

        await _test.WriteAsync(calls: 0);

        Assert.Contains("\"previous_broken\"", _test.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_is_checked_while_it_is_rotated_is_intact()
    {
        await using var log = await _test.StartAsync(rotation: Small);
        var writing = Task.Run(async () =>
        {
            for (var i = 0; SetAside.Count < 3; i++) await TestLog.CallAsync(log, i);
        });

        while (!writing.IsCompleted) Assert.DoesNotContain(_test.Verify().Chains, chain => chain.Findings.Any(finding => !finding.IsAdvisory && finding.Code != "torn_line"));
        await writing;
    }

    [Fact]
    public void Names_sort_in_the_order_they_are_given_even_when_the_clock_is_set_back()
    {
        var now = _test.Clock.GetUtcNow();
        var names = new List<string>();
        foreach (var time in new[] { now, now, now.AddDays(-400) })
        {
            names.Add(LogSeries.NextName(_test.File, time));
            File.WriteAllText(names[^1], "");
        }

        Assert.Equal(names, names.Order(StringComparer.Ordinal));
        Assert.Equal(names.Distinct(), LogSeries.Of(_test.File));
    }

    [Fact]
    public async Task With_the_key_before_at_hand_a_changed_key_is_told_from_a_replaced_log()
    {
        var newKey = AuditKey.Parse("a new key");
        await using var crashing = await _test.StartAsync();
        using var after = _test.CopyAsAfterCrash();
        using var altered = _test.CopyAsAfterCrash();
        for (var i = 0; i < 3; i++) await TestLog.CallAsync(crashing, i);
        File.Copy(_test.File, after.File, overwrite: true);
        File.WriteAllText(altered.File, File.ReadAllText(_test.File).Replace("call-1", "call-9", StringComparison.Ordinal));

        foreach (var log in new[] { after, altered })
            await (await log.StartAsync(newKey, previousKey: TestLog.Key)).DisposeAsync();

        Assert.Contains("\"reason\":\"key_changed\"", after.Lines[7], StringComparison.Ordinal);
        Assert.Contains("\"previousSeq\":6,", after.Lines[7], StringComparison.Ordinal);
        Assert.True(after.Verify(TestLog.Key, newKey).IsIntact);
        Assert.Contains("\"reason\":\"previous_broken\"", altered.Lines[7], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_goes_on_through_all_files_and_follows_rotations()
    {
        await using var log = await _test.StartAsync(durability: AuditDurability.All, rotation: Small);
        await _test.RotateAsync(log);
        using var trail = TrailReader.FromStart(_test.File);
        var seen = new List<string>();
        Read();
        await TestLog.CallAsync(log, 1);
        await _test.RotateAsync(log);
        await _test.RotateAsync(log);
        await _test.RotateAsync(log);
        Read();
        await TestLog.CallAsync(log, 2);
        Read();

        Assert.Equal(LogSeries.Of(_test.File).SelectMany(File.ReadLines), seen);

        void Read()
        {
            while (trail.TryRead(out var line)) seen.Add(System.Text.Encoding.UTF8.GetString(line));
        }
    }

    [Fact]
    public async Task A_place_is_found_again_after_its_file_was_set_aside()
    {
        await using var log = await _test.StartAsync(durability: AuditDurability.All, rotation: Small);
        await TestLog.CallAsync(log, 1);
        var last = _test.Records.Last();
        var place = new TrailPlace(last.GetProperty("chain").GetString()!, 2, last.GetProperty("hmac").GetString()!, new FileInfo(_test.File).Length);
        await _test.RotateAsync(log);
        await _test.RotateAsync(log);

        Assert.Equal(3, FirstSeq(place));

        // When its file is gone, the first record behind it that there is.
        var second = System.Text.Json.JsonDocument.Parse(File.ReadLines(SetAside[1]).First()).RootElement.GetProperty("seq").GetInt64();
        File.Delete(SetAside[0]);
        Assert.Equal(second, FirstSeq(place));
        Assert.Equal(second, FirstSeq(place with { Chain = "another" }));
    }

    private long FirstSeq(TrailPlace place)
    {
        using var trail = TrailReader.From(_test.File, place);
        Assert.True(trail.TryRead(out var line));
        return System.Text.Json.JsonDocument.Parse(line.ToArray()).RootElement.GetProperty("seq").GetInt64();
    }
}
