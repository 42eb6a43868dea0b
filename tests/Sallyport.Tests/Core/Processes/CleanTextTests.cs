using System.Text;
using Sallyport.Core.Processes;

namespace Sallyport.Tests.Core.Processes;

public sealed class CleanTextTests
{
    [Theory]
    [InlineData("plain\ttext\n", "plain\ttext\n")]
    [InlineData("a\u001b[31mred\u001b[0m b", "ared b")]
    [InlineData("title\u001b]0;owned\u0007after", "titleafter")]
    [InlineData("title\u001b]0;owned\u001b\\after", "titleafter")]
    [InlineData("unfinished\u001b]0;owned\nnext", "unfinished\nnext")]
    [InlineData("bell\u0007 back\b nul\0 del\u007f csi\u009b", "bell back nul del csi")]
    [InlineData("line\r\nend", "line\nend")]
    [InlineData("ends in escape\u001b", "ends in escape")]
    [InlineData("ends in sequence\u001b[3", "ends in sequence")]
    [InlineData("reset\u001bcdone", "resetdone")]
    [InlineData("grüße €", "grüße €")]
    public void Control_characters_and_escape_sequences_are_dropped(string printed, string clean)
        => Assert.Equal(clean, CleanText.From(printed));

    [Theory]
    [InlineData("ab€", 3, "ab")]
    [InlineData("ab€", 4, "ab")]
    [InlineData("ab€", 5, "ab€")]
    [InlineData("ab😀", 5, "ab")]
    [InlineData("é", 1, "")]
    public void A_cut_falls_between_characters(string text, int bytes, string kept)
        => Assert.Equal(kept, CleanText.From(Encoding.UTF8.GetBytes(text).AsSpan(0, bytes), wasCut: true));

    [Fact]
    public void Bytes_that_are_not_text_are_replaced()
        => Assert.Equal("a\ufffdb", CleanText.From([(byte)'a', 0xFF, (byte)'b']));
}
