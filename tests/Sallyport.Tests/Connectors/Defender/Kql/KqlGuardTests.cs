using Sallyport.Connectors.Defender.Kql;

namespace Sallyport.Tests.Connectors.Defender.Kql;

public sealed class KqlGuardTests
{
    public static TheoryData<string> Accepted => KqlCorpus.Accepted;

    public static TheoryData<string> Refused => KqlCorpus.Refused;

    [Theory]
    [MemberData(nameof(Accepted))]
    public void A_query_that_only_reads_is_accepted(string line)
        => Assert.Null(Check(KqlCorpus.Query(line)));

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_query_that_does_more_than_read_is_refused(string line)
        => Assert.NotNull(Check(KqlCorpus.Query(line)));

    [Fact]
    public void The_corpus_holds_at_least_150_queries_of_either_kind()
    {
        Assert.InRange(Accepted.Count, 150, 10_000);
        Assert.InRange(Refused.Count, 150, 10_000);
    }

    [Theory]
    [InlineData(".drop table T", "management command")]
    [InlineData("DeviceEvents | .ingest into bar", "'.ingest'")]
    [InlineData("externaldata(h:string)[@\"https://x/y\"]", "'externaldata'")]
    [InlineData("set notruncation; T | take 1", "'notruncation'")]
    [InlineData("T | take 1 | evaluate http_request('https://x')", "'http_request'")]
    public void A_refusal_names_the_rule_and_the_word(string query, string expected)
        => Assert.Contains(expected, Check(query), StringComparison.Ordinal);

    [Fact]
    public void A_refusal_quotes_nothing_of_the_query()
        => Assert.DoesNotContain("zugzwang", Check(".drop table zugzwang"), StringComparison.Ordinal);

    [Fact]
    public void Egress_is_let_through_where_the_operator_allows_it()
        => Assert.Null(KqlGuard.Check("externaldata(h:string)[@\"https://x/y\"]", allowEgress: true));

    [Fact]
    public void Management_commands_stay_refused_where_egress_is_allowed()
        => Assert.NotNull(KqlGuard.Check("T | .drop table X", allowEgress: true));

    [Theory]
    [InlineData("a", 10_000, true)]
    [InlineData("a", 10_001, false)]
    [InlineData("😀", 5_001, true)]
    public void Length_is_counted_in_code_points(string unit, int count, bool isAccepted)
    {
        const string Frame = "print \"\"";
        var query = $"print \"{string.Concat(Enumerable.Repeat(unit, count - Frame.Length))}\"";

        Assert.Equal(isAccepted, Check(query) is null);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n ")]
    [InlineData("\u0007\u0000\u200B")]
    public void A_query_of_nothing_visible_is_refused(string query) => Assert.NotNull(Check(query));

    private static string? Check(string query) => KqlGuard.Check(HuntText.Clean(query).Text, allowEgress: false);
}
