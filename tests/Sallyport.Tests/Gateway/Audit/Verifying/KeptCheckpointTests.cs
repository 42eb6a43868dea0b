using Sallyport.Gateway.Audit.Verifying;

namespace Sallyport.Tests.Gateway.Audit.Verifying;

/// <summary>Checkpoints that were kept elsewhere vouch for the log up to them.</summary>
public sealed class KeptCheckpointTests : IDisposable
{
    private readonly TestLog _test = new();

    private string Kept => Path.Combine(_test.Folder, "kept");

    public void Dispose() => _test.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("Jan  2 03:04:07 hub01 sallyport[4242] ")]
    public async Task A_log_that_has_what_was_kept_is_intact(string header)
    {
        await KeepAsync(header);
        await _test.WriteAsync(calls: 1);

        Assert.Empty(Assert.Single(Verify().Chains).Findings);
    }

    [Fact]
    public async Task A_log_that_ends_before_the_newest_one_was_cut()
    {
        await KeepAsync();
        File.Delete(_test.State);
        File.WriteAllLines(_test.File, _test.Lines[..^1]);

        Assert.Equal((AuditRule.Truncated, Kept, 2L), (Verify().FirstBad?.Rule, Verify().FirstBad?.File, Verify().FirstBad?.Line));
    }

    [Fact]
    public async Task A_log_that_somebody_with_the_key_wrote_anew_is_not_the_one()
    {
        await KeepAsync();
        var chain = _test.Records.First().GetProperty("chain").GetString()!;
        using var other = new TestLog();
        other.Clock.Advance(TimeSpan.FromSeconds(1));
        await other.WriteAsync(calls: 3);
        File.Delete(_test.State);
        File.Copy(other.File, _test.File, overwrite: true);

        var bad = Verify().FirstBad!;

        Assert.Equal(AuditRule.Truncated, bad.Rule);
        Assert.Contains(chain, bad.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kept_checkpoint_that_was_altered_is_told()
    {
        await KeepAsync();
        File.WriteAllText(Kept, File.ReadAllText(Kept).Replace("shutdown", "shutdowm", StringComparison.Ordinal));

        Assert.Equal((AuditRule.BadHmac, Kept, 2L), (Verify().FirstBad?.Rule, Verify().FirstBad?.File, Verify().FirstBad?.Line));
    }

    private async Task KeepAsync(string header = "")
    {
        await _test.WriteAsync(calls: 2);
        File.WriteAllLines(Kept, _test.Lines.Where(line => line.Contains("\"start\"", StringComparison.Ordinal) || line.Contains("\"checkpoint\"", StringComparison.Ordinal)).Select(line => header + line));
    }

    private AuditVerification Verify() => AuditVerifier.Verify([_test.File], [TestLog.Key], [Kept], default);
}
