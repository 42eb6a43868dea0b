using System.Text;
using System.Text.Json;
using Sallyport.Gateway.Shaping.Text;
using Sallyport.Gateway.Shaping.Writing;

namespace Sallyport.Tests.Gateway.Shaping.Text;

public sealed class TextCutTests
{
    [Theory]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("éééééééééééééééééééééééééééééééééééééééééééééé")]
    [InlineData("漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字")]
    [InlineData("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀")]
    [InlineData("\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\")]
    [InlineData("a\\\"a\\n\\\\\\\"a\\ta\\\"a\\n\\\\\\\"a\\ta\\\"a\\n\\\\\\\"a\\ta\\\"a\\n\\\\\\\"a\\ta")]
    public void Every_length_cuts_between_characters_and_counts_what_is_missing(string escaped)
    {
        var text = Encoding.UTF8.GetBytes(escaped);
        var whole = Parse(text);
        for (var most = TextCut.Least; most < text.Length; most++)
        {
            using var buffer = new PooledBuffer();
            TextCut.Add(buffer, text, most);

            Assert.InRange(buffer.Length, 1, most);
            var cut = Parse(buffer.Written);
            var kept = cut[..cut.IndexOf('…', StringComparison.Ordinal)];
            Assert.StartsWith(kept, whole, StringComparison.Ordinal);
            Assert.Equal($"…[+{Length(whole) - Length(kept)} chars]", cut[kept.Length..]);
        }
    }

    [Fact]
    public void Text_that_was_cut_before_adds_up()
    {
        using var buffer = new PooledBuffer();

        TextCut.Add(buffer, Encoding.UTF8.GetBytes(new string('a', 100) + "…[+900 chars]"), 40);

        var kept = Encoding.UTF8.GetString(buffer.Written).Count(letter => letter == 'a') - 1;
        Assert.Equal(new string('a', kept) + $"…[+{1000 - kept} chars]", Encoding.UTF8.GetString(buffer.Written));
    }

    [Theory]
    [InlineData("…[+ chars]")]
    [InlineData("[+5 chars]")]
    [InlineData("…[+99999999999999999999999 chars]")]
    public void What_only_looks_like_a_cut_is_text(string ending)
    {
        using var buffer = new PooledBuffer();

        TextCut.Add(buffer, Encoding.UTF8.GetBytes(new string('b', 60) + ending), 40);

        var cut = Encoding.UTF8.GetString(buffer.Written);
        var kept = cut.IndexOf('…', StringComparison.Ordinal);
        Assert.Equal($"…[+{60 + ending.Length - kept} chars]", cut[kept..]);
    }

    private static string Parse(ReadOnlySpan<byte> escaped) => JsonDocument.Parse($"\"{Encoding.UTF8.GetString(escaped)}\"").RootElement.GetString()!;

    private static int Length(string text) => text.EnumerateRunes().Count();
}
