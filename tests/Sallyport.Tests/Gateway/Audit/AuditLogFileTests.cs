using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Audit.Verifying;

namespace Sallyport.Tests.Gateway.Audit;

/// <summary>What happens when somebody else moves, cuts or writes to the log while it is in use.</summary>
public sealed class AuditLogFileTests : IDisposable
{
    private readonly TestLog _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task A_log_that_is_rotated_goes_on_in_a_new_file()
    {
        var old = _test.File + ".1";
        await using (var log = await _test.StartAsync(durability: AuditDurability.Writes))
        {
            await TestLog.CallAsync(log, 1);
            File.Move(_test.File, old);
            await CallUntilFileIsBackAsync(log);
            await TestLog.CallAsync(log, 2);
        }

        await _test.WriteAsync(calls: 1);

        Assert.Empty(Assert.Single(AuditVerifier.Verify([old, _test.File], [TestLog.Key], [], default).Chains).Findings);
    }

    [Fact]
    public async Task A_log_that_is_deleted_is_missed()
    {
        await using var log = await _test.StartAsync(durability: AuditDurability.Writes);
        await TestLog.CallAsync(log, 1);
        File.Delete(_test.File);
        await CallUntilFileIsBackAsync(log);
        await TestLog.CallAsync(log, 2);

        Assert.Equal((AuditRule.Gap, 1L), (_test.Verify().FirstBad?.Rule, _test.Verify().FirstBad?.Line));
    }

    [Fact]
    public async Task A_log_that_is_copied_and_emptied_goes_on_from_its_new_end()
    {
        var old = _test.File + ".1";
        await using (var log = await _test.StartAsync())
        {
            await TestLog.CallAsync(log, 1);
            File.Copy(_test.File, old);
            SetLength(0);
            await TestLog.CallAsync(log, 2);
        }

        Assert.DoesNotContain('\0', File.ReadAllText(_test.File));
        Assert.Empty(Assert.Single(AuditVerifier.Verify([old, _test.File], [TestLog.Key], [], default).Chains).Findings);
    }

    [Fact]
    public async Task Records_cut_off_a_log_in_use_are_missed()
    {
        await using (var log = await _test.StartAsync())
        {
            for (var i = 0; i < 3; i++) await TestLog.CallAsync(log, i);
            SetLength(new FileInfo(_test.File).Length - 10);
            await TestLog.CallAsync(log, 4);
        }

        Assert.Equal((AuditRule.Malformed, 7L), (_test.Verify().FirstBad?.Rule, _test.Verify().FirstBad?.Line));
        Assert.Equal(10, _test.Lines.Length);
    }

    [Theory]
    [InlineData("foreign\n")]
    [InlineData("foreign without an end")]
    public async Task What_somebody_else_wrote_is_neither_overwritten_nor_believed(string foreign)
    {
        await using (var log = await _test.StartAsync())
        {
            await TestLog.CallAsync(log, 1);
            File.AppendAllText(_test.File, foreign);
            await TestLog.CallAsync(log, 2);
        }

        Assert.Equal(foreign.TrimEnd('\n'), _test.Lines[3]);
        Assert.Equal(7, _test.Lines.Length);
        Assert.Equal((AuditRule.Malformed, 4L), (_test.Verify().FirstBad?.Rule, _test.Verify().FirstBad?.Line));
    }

    /// <summary>Records wait for the disk here, so that this does not spin while the flush thread notices.</summary>
    private async Task CallUntilFileIsBackAsync(AuditLog log)
    {
        for (var i = 0; !File.Exists(_test.File); i++)
        {
            Assert.True(i < 20_000, "The log never noticed that its file is gone.");
            await log.RecordAsync(new AuditDecision($"ap-{i}", "alice", "denied"), default);
        }
    }

    private void SetLength(long length)
    {
        using var file = File.OpenHandle(_test.File, access: FileAccess.Write, share: FileShare.ReadWrite);
        RandomAccess.SetLength(file, length);
    }
}
