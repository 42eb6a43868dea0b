using Sallyport.Connectors.Network.Arguments;
using Sallyport.Core;

namespace Sallyport.Tests.Connectors.Network.Arguments;

public sealed class ArgumentTextTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("   ", new string[0])]
    [InlineData("-sV  -p 80", new[] { "-sV", "-p", "80" })]
    [InlineData("'-sV' \"-p\" 8'0'", new[] { "-sV", "-p", "80" })]
    [InlineData(@"-\s\V", new[] { "-sV" })]
    [InlineData(@"""a\.b""", new[] { "a.b" })]
    public void Text_is_split_like_a_shell_would(string text, string[] tokens)
        => Assert.Equal(tokens, ArgumentText.Split(text, 2048));

    [Theory]
    [InlineData("-sV; id")]
    [InlineData("-sV & id")]
    [InlineData("-sV | id")]
    [InlineData("`id`")]
    [InlineData("$(id)")]
    [InlineData("> /tmp/x")]
    [InlineData("< /etc/passwd")]
    [InlineData("-sV\n-sS")]
    [InlineData("-sV\r")]
    [InlineData("-sV\0")]
    [InlineData("-sV\t-sS")]
    [InlineData("-sV\u001b[0m")]
    [InlineData("-p ８０")]
    [InlineData("-sV\u2028")]
    [InlineData("'-sV")]
    [InlineData("\"-sV")]
    [InlineData("-sV\\")]
    [InlineData("''")]
    [InlineData("'a b'")]
    [InlineData(@"a\ b")]
    [InlineData("-p{80}")]
    [InlineData("a*")]
    [InlineData("~root")]
    [InlineData("a?b")]
    [InlineData("#x")]
    [InlineData("!x")]
    [InlineData("(x)")]
    [InlineData("'\"'")]
    public void What_no_option_needs_is_refused(string text)
        => Assert.Throws<InvalidArgumentsException>(() => ArgumentText.Split(text, 2048));

    [Fact]
    public void The_limit_counts_bytes_not_characters()
    {
        Assert.Single(ArgumentText.Split(new string('a', 2048), 2048));
        Assert.Contains("2048 bytes", Refusal(new string('a', 2049)), StringComparison.Ordinal);
        Assert.Contains("2048 bytes", Refusal(new string('€', 683)), StringComparison.Ordinal);
        Assert.Contains("outside ASCII", Refusal(new string('€', 682)), StringComparison.Ordinal);
    }

    private static string Refusal(string text) => Assert.Throws<InvalidArgumentsException>(() => ArgumentText.Split(text, 2048)).Message;
}
