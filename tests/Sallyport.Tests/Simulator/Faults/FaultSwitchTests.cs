using Sallyport.Simulator.Faults;

namespace Sallyport.Tests.Simulator.Faults;

public class FaultSwitchTests
{
    [Fact]
    public void Every_fault_has_a_name_that_can_be_read_back()
    {
        foreach (var fault in Enum.GetValues<Fault>())
        {
            Assert.True(FaultSwitch.TryParse(FaultSwitch.NameOf(fault), out var read, out _));
            Assert.Equal(new(fault, 1), read);
        }
    }

    [Theory]
    [InlineData("slow:0.25", Fault.Slow, 0.25)]
    [InlineData("server_error:0", Fault.ServerError, 0)]
    [InlineData("connection_reset:1", Fault.ConnectionReset, 1)]
    public void A_rate_follows_the_name(string text, Fault fault, double rate)
    {
        Assert.True(FaultSwitch.TryParse(text, out var read, out _));
        Assert.Equal(new(fault, rate), read);
    }

    [Theory]
    [InlineData("sluggish", "There is no fault 'sluggish'")]
    [InlineData("slow:2", "from 0 to 1")]
    [InlineData("slow:-0.1", "from 0 to 1")]
    [InlineData("slow:NaN", "from 0 to 1")]
    [InlineData("slow:", "from 0 to 1")]
    public void What_cannot_be_read_is_explained(string text, string explanation)
    {
        Assert.False(FaultSwitch.TryParse(text, out _, out var error));
        Assert.Contains(explanation, error, StringComparison.Ordinal);
    }
}
