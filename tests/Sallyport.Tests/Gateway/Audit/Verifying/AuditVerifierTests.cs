using System.Text;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Audit.Verifying;

namespace Sallyport.Tests.Gateway.Audit.Verifying;

public sealed class AuditVerifierTests : IDisposable
{
    private readonly TestLog _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task A_log_that_was_closed_in_order_is_intact_to_its_end()
    {
        await _test.WriteAsync(calls: 3);

        var result = _test.Verify();

        var chain = Assert.Single(result.Chains);
        Assert.True(result.IsIntact);
        Assert.Empty(chain.Findings);
        Assert.Equal((8, 7, TestLog.Key.Id), (chain.Records, chain.LastSeq, chain.Key));
    }

    [Fact]
    public async Task Every_flipped_byte_is_found_in_the_line_where_it_is()
    {
        await _test.WriteAsync(calls: 1);
        var log = File.ReadAllBytes(_test.File);
        var random = new Random(20260104);
        using var file = File.OpenHandle(_test.File, access: FileAccess.ReadWrite, share: FileShare.ReadWrite);

        for (var i = 0; i < log.Length; i++)
        {
            foreach (var mask in new[] { 1 << random.Next(8), 0x20, random.Next(1, 256) })
            {
                RandomAccess.Write(file, [(byte)(log[i] ^ mask)], i);

                var bad = _test.Verify().FirstBad;

                Assert.True(bad is not null, $"byte {i} ^ {mask:x2} went unnoticed");
                Assert.Equal(1 + log.AsSpan(0, i).Count((byte)'\n'), bad.Line);
            }

            RandomAccess.Write(file, log.AsSpan(i, 1), i);
        }

        Assert.True(_test.Verify().IsIntact);
    }

    [Theory]
    [InlineData(0, 1, AuditRule.Gap)]
    [InlineData(1, 2, AuditRule.Gap)]
    [InlineData(4, 5, AuditRule.Gap)]
    [InlineData(6, 7, AuditRule.Gap)]
    [InlineData(7, 7, AuditRule.Truncated)]
    public async Task A_removed_record_is_missed(int index, long line, AuditRule rule)
    {
        await TamperAsync(lines => lines.RemoveAt(index));

        var bad = _test.Verify().FirstBad!;

        Assert.Equal((rule, line), (bad.Rule, bad.Line));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task Two_records_in_the_wrong_order_are_noticed(int index)
    {
        await TamperAsync(lines => (lines[index], lines[index + 1]) = (lines[index + 1], lines[index]));

        var bad = _test.Verify().FirstBad!;

        Assert.Equal((AuditRule.Gap, index + 1L), (bad.Rule, bad.Line));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task A_record_that_comes_twice_is_noticed(int index)
    {
        await TamperAsync(lines => lines.Insert(index, lines[index]));

        var bad = _test.Verify().FirstBad!;

        Assert.Equal((AuditRule.DuplicateSeq, index + 2L, index), (bad.Rule, bad.Line, bad.Seq));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public async Task A_record_from_another_log_with_the_same_key_is_noticed(int index)
    {
        using var other = new TestLog();
        await other.WriteAsync(calls: 3);
        await TamperAsync(lines => lines[index] = other.Lines[index]);

        var bad = _test.Verify().FirstBad!;

        Assert.Equal((AuditRule.Gap, index + 1L), (bad.Rule, bad.Line));
    }

    [Theory]
    [InlineData("\"caller\":\"soc-agent\"", "\"caller\":\"nobody\"")]
    [InlineData("\"hmac\":\"", "\"hmac\":\"\",\"x\":\"")]
    [InlineData("\"hmac\":", "\"hmac\":\"\",\"hmac\":")]
    [InlineData("\"limit\":25", "\"limit\": 25")]
    public async Task A_record_rewritten_without_the_key_is_noticed(string from, string to)
    {
        await TamperAsync(lines => lines[3] = lines[3].Replace(from, to, StringComparison.Ordinal));

        var bad = _test.Verify().FirstBad!;

        Assert.Equal(4, bad.Line);
        Assert.True(bad.Rule is AuditRule.BadHmac or AuditRule.Malformed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1,2]")]
    [InlineData("42")]
    [InlineData("not json")]
    [InlineData("{\"seq\":1}")]
    [InlineData("{\"seq\":1.5,\"chain\":\"c\",\"key\":\"k\",\"prev\":\"p\",\"hmac\":\"h\"}")]
    [InlineData("{\"seq\":99999999999999999999,\"chain\":\"c\",\"key\":\"k\",\"prev\":\"p\",\"hmac\":\"h\"}")]
    public async Task A_line_that_is_no_record_is_noticed(string foreign)
    {
        await TamperAsync(lines => lines.Insert(3, foreign));

        var bad = _test.Verify().FirstBad!;

        Assert.Equal((AuditRule.Malformed, 4L), (bad.Rule, bad.Line));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public async Task A_foreign_line_before_or_behind_all_records_is_noticed(int index)
    {
        await TamperAsync(lines => lines.Insert(index, "{}"));

        var bad = _test.Verify().FirstBad!;

        Assert.Equal((AuditRule.Malformed, index + 1L), (bad.Rule, bad.Line));
    }

    [Fact]
    public async Task A_log_cut_anywhere_is_noticed_by_its_state()
    {
        await _test.WriteAsync(calls: 1);
        using var file = File.OpenHandle(_test.File, access: FileAccess.ReadWrite, share: FileShare.ReadWrite);

        for (var length = RandomAccess.GetLength(file) - 1; length >= 0; length--)
        {
            RandomAccess.SetLength(file, length);
            var rules = _test.Verify().Chains.SelectMany(chain => chain.Findings).Select(finding => finding.Rule).ToList();
            Assert.True(rules.Contains(AuditRule.Truncated) || rules.Contains(AuditRule.TornLine), $"a cut to {length} bytes went unnoticed");
        }
    }

    [Fact]
    public async Task Without_the_state_a_cut_end_is_advised_of()
    {
        await TamperAsync(lines => lines.RemoveAt(lines.Count - 1));
        File.Delete(_test.State);

        var result = _test.Verify();

        Assert.True(result.IsIntact);
        Assert.Equal(("tail_unanchored", 7L), (Assert.Single(result.Chains).Findings[0].Code, result.Chains[0].Findings[0].Line));
    }

    [Theory]
    [InlineData("\"seq\":7", "\"seq\":6")]
    [InlineData("\"closed\":true", "\"closed\":false")]
    [InlineData("{", "")]
    [InlineData("\"chain\":", "\"chian\":")]
    public async Task A_state_that_was_set_back_is_noticed(string from, string to)
    {
        await _test.WriteAsync(calls: 3);
        File.WriteAllText(_test.State, File.ReadAllText(_test.State).Replace(from, to, StringComparison.Ordinal));

        Assert.Equal(AuditRule.StateAltered, _test.Verify().FirstBad?.Rule);
    }

    [Fact]
    public async Task A_log_that_was_swapped_for_another_is_noticed()
    {
        using var other = new TestLog();
        await other.WriteAsync(calls: 9);
        await _test.WriteAsync(calls: 1);
        File.Copy(other.File, _test.File, overwrite: true);

        Assert.Equal(AuditRule.Truncated, _test.Verify().FirstBad?.Rule);
    }

    [Fact]
    public async Task A_log_that_parted_from_its_state_is_noticed()
    {
        await _test.WriteAsync(calls: 1);
        using var branch = _test.CopyAsAfterCrash();
        await _test.WriteAsync(calls: 1);
        branch.Clock.Advance(TimeSpan.FromSeconds(1));
        await branch.WriteAsync(calls: 1);
        File.Copy(branch.File, _test.File, overwrite: true);

        Assert.Equal((AuditRule.BrokenLink, 8L), (_test.Verify().FirstBad?.Rule, _test.Verify().FirstBad?.Line));
    }

    [Fact]
    public async Task A_record_that_does_not_link_to_the_one_before_is_noticed()
    {
        await _test.WriteAsync(calls: 1);
        using var branch = _test.CopyAsAfterCrash();
        await _test.WriteAsync(calls: 1);
        branch.Clock.Advance(TimeSpan.FromSeconds(1));
        await branch.WriteAsync(calls: 1);
        File.WriteAllLines(_test.File, [.. _test.Lines[..6], .. branch.Lines[6..]]);

        Assert.Equal((AuditRule.BrokenLink, 7L), (_test.Verify().FirstBad?.Rule, _test.Verify().FirstBad?.Line));
    }

    [Fact]
    public async Task A_log_that_was_emptied_is_noticed()
    {
        await TamperAsync(lines => lines.Clear());

        Assert.Equal(AuditRule.Truncated, _test.Verify().FirstBad?.Rule);
    }

    [Fact]
    public async Task The_key_must_be_given()
    {
        await _test.WriteAsync(calls: 1);

        var result = _test.Verify(AuditKey.Parse("another key"));

        Assert.Equal((AuditRule.Unverifiable, 1L), (result.FirstBad?.Rule, result.FirstBad?.Line));
        Assert.Equal(3, Assert.Single(result.Chains).LastSeq);
    }

    [Fact]
    public async Task Without_the_key_a_removed_record_is_still_missed()
    {
        await TamperAsync(lines => lines.RemoveAt(4));

        var chain = Assert.Single(_test.Verify(AuditKey.Parse("another key")).Chains);

        Assert.Equal([AuditRule.Unverifiable, AuditRule.Gap], chain.Findings.Select(finding => finding.Rule));
    }

    [Fact]
    public async Task A_chain_that_was_removed_whole_is_missed_by_the_next_one()
    {
        var (first, second) = (AuditKey.Parse("first key"), AuditKey.Parse("second key"));
        await _test.WriteAsync(calls: 1, first);
        await _test.WriteAsync(calls: 1, second);
        Assert.True(_test.Verify(first, second).IsIntact);

        File.WriteAllLines(_test.File, _test.Lines[4..]);

        var bad = _test.Verify(first, second).FirstBad!;
        Assert.Equal((AuditRule.Truncated, 1L), (bad.Rule, bad.Line));
    }

    [Fact]
    public async Task A_chain_whose_end_was_cut_is_missed_by_the_next_one()
    {
        var (first, second) = (AuditKey.Parse("first key"), AuditKey.Parse("second key"));
        await _test.WriteAsync(calls: 1, first);
        await _test.WriteAsync(calls: 1, second);

        File.WriteAllLines(_test.File, [.. _test.Lines[..3], .. _test.Lines[4..]]);

        var bad = _test.Verify(first, second).FirstBad!;
        Assert.Equal((AuditRule.Truncated, 4L, 3L), (bad.Rule, bad.Line, bad.Seq));
    }

    [Fact]
    public async Task The_first_of_several_bad_records_is_named()
    {
        await TamperAsync(lines =>
        {
            lines.RemoveAt(6);
            lines[2] = lines[2].Replace("succeeded", "refused", StringComparison.Ordinal);
        });

        var bad = _test.Verify().FirstBad!;

        Assert.Equal(("bad_hmac", 3L, 2L), (bad.Code, bad.Line, bad.Seq));
        Assert.Equal("Record 2 was altered, or sealed with another key.", bad.Sentence);
    }

    [Fact]
    public void An_empty_log_is_intact()
    {
        File.WriteAllText(_test.File, "");

        Assert.True(_test.Verify().IsIntact);
    }

    [Fact]
    public void Checking_can_be_cancelled()
    {
        File.WriteAllText(_test.File, string.Concat(Enumerable.Repeat("{}\n", 5000)));

        Assert.Throws<OperationCanceledException>(() => AuditVerifier.Verify([_test.File], [TestLog.Key], [], new CancellationToken(true)));
    }

    private async Task TamperAsync(Action<List<string>> change)
    {
        await _test.WriteAsync(calls: 3);
        var lines = _test.Lines.ToList();
        change(lines);
        File.WriteAllText(_test.File, string.Concat(lines.Select(line => line + "\n")), new UTF8Encoding(false));
    }
}
