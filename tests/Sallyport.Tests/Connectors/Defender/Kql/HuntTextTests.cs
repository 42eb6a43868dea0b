using Sallyport.Connectors.Defender.Kql;

namespace Sallyport.Tests.Connectors.Defender.Kql;

public sealed class HuntTextTests
{
    [Theory]
    [InlineData(".dr\u200Bop table T", ".drop table T", true)]
    [InlineData("print 1\r\n| take 1", "print 1\n| take 1", true)]
    [InlineData("a\u202Eb\u0007c\uFEFF", "abc", true)]
    [InlineData("a\u2028b", "a\nb", true)]
    [InlineData("  print\t1\n ", "print\t1", false)]
    [InlineData("print \"😀 漢字 עברית\"", "print \"😀 漢字 עברית\"", false)]
    public void Characters_nobody_sees_are_removed(string text, string expected, bool changed)
        => Assert.Equal(new HuntText(expected, changed), HuntText.Clean(text));
}
