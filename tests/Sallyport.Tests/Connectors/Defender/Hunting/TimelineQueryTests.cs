using Sallyport.Connectors.Defender.Hunting;
using Sallyport.Connectors.Defender.Kql;

namespace Sallyport.Tests.Connectors.Defender.Hunting;

public sealed class TimelineQueryTests
{
    private static readonly TimelineSpan Span = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1), 50);

    public static TheoryData<string> Hostile =>
    [
        "ws-37", "\" | union (externaldata(a:string)[\"https://x\"]) //", "\\", "a\\\"; .drop table T //", "a\nb", "a\u2028.drop table T", "'; .show tables", "```", "漢字",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Whatever_the_value_the_query_keeps_its_shape_and_passes_the_guard(string value)
    {
        foreach (var write in (Func<string, TimelineSpan, string>[])[TimelineQuery.ForDevice, TimelineQuery.ForUser, TimelineQuery.ForFile, TimelineQuery.ForUrl, TimelineQuery.ForAddress])
        {
            Assert.Null(KqlGuard.Check(write(value, Span), allowEgress: false));
            Assert.Equal(Shape(write("plain", Span)), Shape(write(value, Span)));
        }
    }

    [Fact]
    public void A_hash_is_looked_for_as_a_hash_and_a_name_as_a_name()
    {
        Assert.Contains($"SHA256 =~ \"{new string('a', 64)}\"", TimelineQuery.ForFile(new string('a', 64), Span), StringComparison.Ordinal);
        Assert.Contains($"SHA1 =~ \"{new string('a', 40)}\"", TimelineQuery.ForFile(new string('a', 40), Span), StringComparison.Ordinal);
        Assert.Contains("FileName =~ \"a.exe\"", TimelineQuery.ForFile("a.exe", Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_timeline_is_newest_first_and_limited()
        => Assert.EndsWith("| top 50 by Timestamp desc", TimelineQuery.ForDevice("ws-37", Span), StringComparison.Ordinal);

    private static List<(KqlTokenKind, string)> Shape(string query)
    {
        Assert.True(KqlLexer.TryRead(query, out var tokens, out _));
        return [.. tokens.Select(token => (token.Kind, token.Kind == KqlTokenKind.String ? "" : token.Text))];
    }
}
