using Sallyport.Simulator.Faults;

namespace Sallyport.Tests.Simulator.Faults;

public class FaultPlanTests
{
    private static bool[] Drawn(FaultPlan plan) => [.. Enumerable.Range(1, 1_000).Select(n => plan.Decide(n, "GET", "/x").Count > 0)];

    [Fact]
    public void Nothing_goes_wrong_until_it_is_switched_on() => Assert.DoesNotContain(true, Drawn(new(1)));

    [Fact]
    public void A_rate_is_the_share_of_requests_and_the_same_requests_each_time()
    {
        var plan = new FaultPlan(1);
        plan.Set(Fault.Throttled, 0.2);
        var again = new FaultPlan(1);
        again.Set(Fault.Throttled, 0.2);
        var other = new FaultPlan(2);
        other.Set(Fault.Throttled, 0.2);

        Assert.InRange(Drawn(plan).Count(hit => hit), 150, 250);
        Assert.Equal(Drawn(plan), Drawn(again));
        Assert.NotEqual(Drawn(plan), Drawn(other));
    }

    [Fact]
    public void Two_faults_do_not_fall_on_the_same_requests()
    {
        var slow = new FaultPlan(1);
        slow.Set(Fault.Slow, 0.3);
        var huge = new FaultPlan(1);
        huge.Set(Fault.Huge, 0.3);

        Assert.NotEqual(Drawn(slow), Drawn(huge));
    }

    [Fact]
    public void A_script_applies_to_so_many_requests_after_so_many_and_then_no_more()
    {
        var plan = new FaultPlan(1);
        var script = plan.Script("/a", FaultStep.Status(503), times: 2, skip: 1, method: "GET");

        var hits = new[] { ("GET", "/a"), ("GET", "/b"), ("POST", "/a/1"), ("GET", "/a/1"), ("GET", "/a"), ("GET", "/a") }
            .Select((request, i) => plan.Decide(i, request.Item1, request.Item2).Count);

        Assert.Equal([0, 0, 0, 1, 1, 0], hits);
        Assert.Equal(2, script.Applied);
    }

    [Fact]
    public void A_script_stands_alone_while_it_lasts()
    {
        var plan = new FaultPlan(1);
        plan.Set(Fault.ServerError);
        plan.Script("/", FaultStep.Throttle(), times: 1);

        Assert.Equal("script", Assert.Single(plan.Decide(1, "GET", "/")).Name);
        Assert.Equal("server_error", Assert.Single(plan.Decide(2, "GET", "/")).Name);
    }

    [Fact]
    public void Clearing_ends_switches_and_scripts()
    {
        var plan = new FaultPlan(1);
        plan.Set(Fault.ServerError);
        plan.Script("/", FaultStep.Throttle(), times: 9);

        plan.Clear();

        Assert.DoesNotContain(true, Drawn(plan));
    }
}
