using Sallyport.Core.Resilience;
using Sallyport.Gateway.Operating;

namespace Sallyport.Tests.Gateway.Operating;

public sealed class CircuitRulesTests
{
    private static readonly CircuitOptions Own = new(FailureThreshold: 3, Recovery: TimeSpan.FromSeconds(30));

    [Fact]
    public void A_tool_keeps_its_own_numbers_until_the_operator_says_otherwise()
    {
        Assert.Equal(Own, new CircuitRules().For("ping", Own));
        Assert.Equal(new CircuitOptions(), new CircuitRules().For("vectra", null));
    }

    [Fact]
    public void What_is_said_about_one_upstream_goes_before_what_is_said_about_all()
    {
        var rules = new CircuitRules(FailureThreshold: 9) { Upstreams = new Dictionary<string, CircuitRules> { ["ping"] = new(Recovery: TimeSpan.FromSeconds(7)) } };

        var ping = rules.For("ping", Own);
        var other = rules.For("dns", Own);

        Assert.Equal((9, 7), (ping.FailureThreshold, ping.FirstRecovery.TotalSeconds));
        Assert.Equal((9, 30), (other.FailureThreshold, other.FirstRecovery.TotalSeconds));
    }
}
