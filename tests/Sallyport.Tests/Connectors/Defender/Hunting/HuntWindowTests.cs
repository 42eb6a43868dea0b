using Sallyport.Connectors.Defender.Hunting;
using Sallyport.Core;

namespace Sallyport.Tests.Connectors.Defender.Hunting;

public sealed class HuntWindowTests
{
    [Theory]
    [InlineData("P1D", 86_400)]
    [InlineData("PT4H", 14_400)]
    [InlineData("P7D", 604_800)]
    [InlineData("PT30M", 1_800)]
    [InlineData("P1DT4H", 100_800)]
    [InlineData("P30D", 2_592_000)]
    [InlineData("P2W", 1_209_600)]
    [InlineData("P1M", 2_592_000)]
    [InlineData("P1Y", 31_536_000)]
    public void A_duration_is_accepted(string text, long seconds)
        => Assert.Equal(new HuntWindow(text, TimeSpan.FromSeconds(seconds)), HuntWindow.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("P")]
    [InlineData("p1d")]
    [InlineData("P-1D")]
    [InlineData("PT1.5H")]
    [InlineData("1D")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("P0D")]
    [InlineData("PT0S")]
    [InlineData("P367D")]
    [InlineData("P2Y")]
    [InlineData("P999999999Y")]
    [InlineData("P1D\n")]
    [InlineData("P1D/2026-05-11T00:00:00Z")]
    [InlineData("2026-05-10T00:00:00Z/2026-05-11T00:00:00Z")]
    [InlineData("P1H")]
    [InlineData("PT1D")]
    [InlineData("P１D")]
    public void Anything_else_is_refused(string text)
        => Assert.Throws<InvalidArgumentsException>(() => HuntWindow.Parse(text));
}
