using Sallyport.Gateway.Shaping;

namespace Sallyport.Tests.Gateway.Shaping;

public sealed class ResultCursorTests
{
    private static readonly byte[] Call = "digest of a call"u8.ToArray();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(1_000_000)]
    [InlineData(long.MaxValue)]
    public void A_cursor_survives_the_way_to_an_agent_and_back(long skip)
    {
        var token = new ResultCursor(skip).Encode(Call);

        Assert.True(ResultCursor.TryParse(token, Call, out var cursor, out var reason));
        Assert.Equal(skip, cursor.Skip);
        Assert.Null(reason);
        Assert.InRange(token.Length, 12, ResultCursor.MaxLength);
        Assert.Matches("^[A-Za-z0-9_-]+$", token);
    }

    [Fact]
    public void A_cursor_of_another_call_is_refused_with_what_to_do()
    {
        var token = new ResultCursor(42).Encode("digest of another call"u8);

        Assert.False(ResultCursor.TryParse(token, Call, out _, out var reason));
        Assert.Contains("another call", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void No_changed_character_goes_unnoticed()
    {
        var token = new ResultCursor(123_456).Encode(Call);
        for (var position = 0; position < token.Length; position++)
        {
            var changed = token.ToCharArray();
            changed[position] = changed[position] == 'A' ? 'B' : 'A';
            Assert.False(ResultCursor.TryParse(changed, Call, out _, out var reason), new string(changed));
            Assert.NotNull(reason);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("AQ")]
    [InlineData("not a cursor")]
    [InlineData("AQAAAAAAAAAA\n")]
    [InlineData("////////////")]
    [InlineData("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_cursor_is_refused(string token)
    {
        Assert.False(ResultCursor.TryParse(token, Call, out _, out var reason));
        Assert.Contains("_capped.next", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_negative_position_is_never_encoded() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ResultCursor(-1).Encode(Call));
}
