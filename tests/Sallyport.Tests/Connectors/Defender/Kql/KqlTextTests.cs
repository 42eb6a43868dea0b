using Sallyport.Connectors.Defender.Kql;

namespace Sallyport.Tests.Connectors.Defender.Kql;

public sealed class KqlTextTests
{
    [Theory]
    [InlineData("ws-37", "\"ws-37\"")]
    [InlineData("a\"b", "\"a\\\"b\"")]
    [InlineData("it's", "\"it\\'s\"")]
    [InlineData("C:\\", "\"C:\\\\\"")]
    [InlineData("a\nb", "\"a\\u000ab\"")]
    [InlineData("ä", "\"\\u00e4\"")]
    public void A_value_is_quoted_so_that_it_stays_one_literal(string value, string expected)
        => Assert.Equal(expected, KqlText.Quote(value));

    [Theory]
    [InlineData("\" | union (externaldata(a:string)[\"https://x\"]) //")]
    [InlineData("\\\" ; .drop table T //")]
    [InlineData("a\u2028.drop table T")]
    [InlineData("\\")]
    [InlineData("```\n~~~")]
    public void A_hostile_value_is_still_one_string_for_the_lexer(string value)
    {
        Assert.True(KqlLexer.TryRead($"print {KqlText.Quote(value)}", out var tokens, out _));

        Assert.Equal([KqlTokenKind.Word, KqlTokenKind.String], tokens.Select(token => token.Kind));
    }
}
