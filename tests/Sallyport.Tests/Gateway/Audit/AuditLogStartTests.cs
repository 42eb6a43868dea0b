using System.Diagnostics;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Audit.Verifying;

namespace Sallyport.Tests.Gateway.Audit;

public sealed class AuditLogStartTests : IDisposable
{
    private readonly TestLog _test = new();

    public void Dispose() => _test.Dispose();

    private IEnumerable<string?> Reasons => _test.Records
        .Where(record => record.GetProperty("event").GetString() == "start").Select(record => record.GetProperty("reason").GetString());

    private int Chains => _test.Records.Select(record => record.GetProperty("chain").GetString()).Distinct().Count();

    [Fact]
    public async Task The_chain_goes_on_after_a_restart()
    {
        await _test.WriteAsync(calls: 2);
        await _test.WriteAsync(calls: 2);

        Assert.Equal(["new", "resumed"], Reasons);
        Assert.Equal(Enumerable.Range(0, 12), _test.Records.Select(record => record.GetProperty("seq").GetInt32()));
        Assert.Equal(1, Chains);
        Assert.Empty(_test.Verify().Chains[0].Findings);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1200)]
    public async Task The_chain_goes_on_after_a_crash_however_far_the_state_lagged_behind(int calls)
    {
        await using var crashing = await _test.StartAsync();
        using var after = _test.CopyAsAfterCrash();
        for (var i = 0; i < calls; i++) await TestLog.CallAsync(crashing, i);
        File.Copy(_test.File, after.File, overwrite: true);

        await after.WriteAsync(calls: 1);

        Assert.Single(after.Records, record => record.TryGetProperty("reason", out var reason) && reason.GetString() == "resumed");
        var chain = Assert.Single(after.Verify().Chains);
        Assert.Empty(chain.Findings);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(-2)]
    public async Task A_line_torn_by_a_crash_is_kept_and_vouched_for(int length)
    {
        await _test.WriteAsync(calls: 1);
        var torn = _test.Lines[1][..(length > 0 ? length : _test.Lines[1].Length + length)];
        File.AppendAllText(_test.File, torn);
        Assert.Equal(AuditRule.TornLine, _test.Verify().FirstBad?.Rule);

        await _test.WriteAsync(calls: 1);

        Assert.Equal(torn, _test.Lines[4]);
        Assert.Contains("\"reason\":\"torn_line\"", _test.Lines[5], StringComparison.Ordinal);
        Assert.Empty(Assert.Single(_test.Verify().Chains).Findings);
        Assert.Equal(["start", "open", "close", "checkpoint", "start", "open", "close", "checkpoint"],
            _test.Lines.Where((_, i) => i != 4).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()));
    }

    [Fact]
    public async Task A_torn_line_cannot_be_altered_or_removed_later()
    {
        await _test.WriteAsync(calls: 1);
        File.AppendAllText(_test.File, "{\"torn");
        await _test.WriteAsync(calls: 1);
        var lines = _test.Lines;

        File.WriteAllLines(_test.File, lines.Select(line => line == "{\"torn" ? "{\"turn" : line));
        Assert.Equal((AuditRule.Malformed, 5L), (_test.Verify().FirstBad?.Rule, _test.Verify().FirstBad?.Line));

        File.WriteAllLines(_test.File, [.. lines[..5], "{\"torn", .. lines[5..]]);
        Assert.Equal((AuditRule.Malformed, 5L), (_test.Verify().FirstBad?.Rule, _test.Verify().FirstBad?.Line));
    }

    [Fact]
    public async Task An_unfinished_line_longer_than_any_record_is_not_vouched_for()
    {
        await _test.WriteAsync(calls: 1);
        File.AppendAllText(_test.File, new string('x', 3 << 20));

        await _test.WriteAsync(calls: 1);

        Assert.Contains("\"previous_broken\"", _test.Lines[5], StringComparison.Ordinal);
        Assert.Equal((AuditRule.Malformed, 5L), (_test.Verify().FirstBad?.Rule, _test.Verify().FirstBad?.Line));
    }

    [Fact]
    public async Task A_record_that_lacks_only_its_newline_is_a_record()
    {
        await using var crashing = await _test.StartAsync();
        using var after = _test.CopyAsAfterCrash();
        await TestLog.CallAsync(crashing, 1);
        File.WriteAllText(after.File, File.ReadAllText(_test.File).TrimEnd('\n'));

        await after.WriteAsync(calls: 1);

        Assert.Equal(["start", "open", "close", "start", "open", "close", "checkpoint"], after.Events);
        Assert.Empty(Assert.Single(after.Verify().Chains).Findings);
    }

    [Fact]
    public async Task Another_key_begins_a_chain_that_names_the_one_before()
    {
        var newKey = AuditKey.Parse("a new key");
        await _test.WriteAsync(calls: 1);
        await _test.WriteAsync(calls: 1, newKey);
        await _test.WriteAsync(calls: 1, newKey);

        Assert.Equal(["new", "key_changed", "resumed"], Reasons);
        var start = _test.Records.ElementAt(4);
        Assert.Equal(0, start.GetProperty("seq").GetInt32());
        Assert.Equal(3, start.GetProperty("previousSeq").GetInt32());
        Assert.Equal(_test.Records.ElementAt(3).GetProperty("hmac").GetString(), start.GetProperty("previousHmac").GetString());
        var result = _test.Verify(TestLog.Key, newKey);
        Assert.Equal(2, result.Chains.Count);
        Assert.All(result.Chains, chain => Assert.Empty(chain.Findings));
    }

    [Fact]
    public async Task Without_a_key_every_start_begins_a_chain_that_nobody_can_verify()
    {
        for (var i = 0; i < 2; i++)
        {
            await using var log = await AuditLog.StartAsync(
                new AuditOptions(_test.File, null, AuditDurability.Os, "gate-1"), _test.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, default);
        }

        Assert.Equal(["ephemeral_key", "ephemeral_key"], Reasons);
        Assert.Equal(2, Chains);
        Assert.Equal([AuditRule.Unverifiable, AuditRule.Unverifiable], _test.Verify().Chains.Select(chain => Assert.Single(chain.Findings).Rule));
    }

    [Fact]
    public async Task A_log_that_was_cut_while_nobody_looked_is_reported_for_good()
    {
        await _test.WriteAsync(calls: 2);
        File.WriteAllLines(_test.File, _test.Lines[..4]);

        await _test.WriteAsync(calls: 1);

        Assert.Equal(["new", "previous_broken"], Reasons);
        var bad = _test.Verify().FirstBad!;
        Assert.Equal((AuditRule.Truncated, 5L, 4L), (bad.Rule, bad.Line, bad.Seq));
    }

    [Fact]
    public async Task A_log_whose_newest_records_were_altered_is_not_resumed()
    {
        await using var crashing = await _test.StartAsync();
        using var after = _test.CopyAsAfterCrash();
        for (var i = 0; i < 3; i++) await TestLog.CallAsync(crashing, i);
        File.WriteAllText(after.File, File.ReadAllText(_test.File).Replace("call-1", "call-9", StringComparison.Ordinal));

        await after.WriteAsync(calls: 1);

        Assert.Contains(after.Lines, line => line.Contains("\"previous_broken\"", StringComparison.Ordinal));
        Assert.Equal((AuditRule.BadHmac, 4L), (after.Verify().FirstBad?.Rule, after.Verify().FirstBad?.Line));
    }

    [Fact]
    public async Task A_log_whose_last_record_was_altered_is_not_resumed()
    {
        await _test.WriteAsync(calls: 1);
        File.WriteAllText(_test.File, File.ReadAllText(_test.File).Replace("shutdown", "Shutdown", StringComparison.Ordinal));

        await _test.WriteAsync(calls: 1);

        Assert.Equal(["new", "previous_broken"], Reasons);
    }

    [Fact]
    public async Task A_log_that_somebody_added_a_line_to_is_not_resumed()
    {
        await _test.WriteAsync(calls: 1);
        File.AppendAllText(_test.File, "{\"torn\n");

        await _test.WriteAsync(calls: 1);

        Assert.Contains(_test.Lines, line => line.Contains("\"previous_broken\"", StringComparison.Ordinal));
        Assert.Equal((AuditRule.Malformed, 5L), (_test.Verify().FirstBad?.Rule, _test.Verify().FirstBad?.Line));
    }

    [Theory]
    [InlineData(null, "previous_broken")]
    [InlineData("", "previous_unreadable")]
    [InlineData("{\"seq\":1}", "previous_unreadable")]
    public async Task A_lost_state_begins_a_new_chain(string? state, string reason)
    {
        await _test.WriteAsync(calls: 1);
        if (state is null) File.Delete(_test.State);
        else File.WriteAllText(_test.State, state);

        await _test.WriteAsync(calls: 1);

        Assert.Equal(["new", reason], Reasons);
        Assert.True(_test.Verify().IsIntact);
    }

    [Fact]
    public async Task A_state_forged_to_hide_a_cut_is_not_believed()
    {
        await _test.WriteAsync(calls: 2);
        var lines = _test.Lines;
        File.WriteAllLines(_test.File, lines[..4]);
        var hmac = System.Text.Json.JsonDocument.Parse(lines[3]).RootElement.GetProperty("hmac").GetString();
        var state = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(_test.State))!;
        (state["seq"], state["last"], state["end"]) = (3, hmac, new FileInfo(_test.File).Length);
        File.WriteAllText(_test.State, state.ToJsonString());

        await _test.WriteAsync(calls: 1);

        Assert.Equal(["new", "previous_unreadable"], Reasons);
    }

    [Fact]
    public async Task A_log_rotated_while_the_gate_was_down_goes_on_in_a_new_file()
    {
        await _test.WriteAsync(calls: 1);
        var old = _test.File + ".1";
        File.Move(_test.File, old);
        await _test.WriteAsync(calls: 1);
        await _test.WriteAsync(calls: 1);

        Assert.Equal(["resumed", "resumed"], Reasons);
        Assert.Empty(Assert.Single(AuditVerifier.Verify([old, _test.File], [TestLog.Key], [], default).Chains).Findings);
        Assert.Equal(AuditRule.Gap, _test.Verify().FirstBad?.Rule);
    }

    [Fact]
    public async Task A_log_that_vanished_after_a_crash_is_not_resumed_because_its_end_is_unknown()
    {
        await using var crashing = await _test.StartAsync();
        using var after = _test.CopyAsAfterCrash();
        File.Delete(after.File);

        await after.WriteAsync(calls: 1);

        Assert.Equal("previous_broken", after.Records.First().GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_second_gate_cannot_open_the_same_log()
    {
        await using var log = await _test.StartAsync();

        var failure = await Assert.ThrowsAsync<AuditUnavailableException>(() => _test.StartAsync());

        Assert.Contains(_test.File, failure.Message, StringComparison.Ordinal);
        await TestLog.CallAsync(log, 1);
        Assert.True(_test.Verify().IsIntact);
    }

    [Fact]
    public async Task A_second_gate_cannot_open_the_same_log_by_another_name()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Symbolic links need a privilege on Windows.");
        await using var log = await _test.StartAsync();
        using var other = new TestLog();
        File.CreateSymbolicLink(other.File, _test.File);

        await Assert.ThrowsAsync<AuditUnavailableException>(() => other.StartAsync());
    }

    [Fact]
    public async Task Another_process_sees_that_the_log_is_held()
    {
        if (!File.Exists("/usr/bin/flock")) Assert.Skip("The flock program is not installed.");
        var log = await _test.StartAsync();
        Assert.Equal(1, await TryLockAsync());

        await log.DisposeAsync();

        Assert.Equal(0, await TryLockAsync());
    }

    private async Task<int> TryLockAsync()
    {
        using var flock = Process.Start("/usr/bin/flock", ["--nonblock", _test.File + ".lock", "true"]);
        await flock.WaitForExitAsync();
        return flock.ExitCode;
    }
}
