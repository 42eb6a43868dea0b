using Sallyport.Core;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Policy;
using Sallyport.Gateway.Policy.Limits;

namespace Sallyport.Tests.Gateway.Policy.Limits;

/// <summary>How often one caller may use one tool.</summary>
public sealed class ToolRateTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static Tool Paced => TestConnector.Reading("test_scan_run") with { Alias = "ScanTool", Pace = new CallPace(10, Minute) };

    [Fact]
    public async Task A_tool_has_a_pace_of_its_own_for_each_caller_and_says_when_to_come_back()
    {
        await using var gateway = await TestGateway.StartAsync(Paced, TestConnector.Reading());
        await CallAsync(gateway, 10);
        gateway.Clock.Advance(TimeSpan.FromSeconds(25));

        var refused = (await CallAsync(gateway, 1))[0];

        Assert.Equal((ErrorCode.RateLimited, 35), (refused.Problem!.Code, refused.Problem.RetryAfter));
        Assert.IsType<ToolOutcome.Succeeded>(await gateway.CallAsync("test_things_list"));
        gateway.Caller = gateway.Caller with { Subject = "another" };
        Assert.IsType<ToolOutcome.Succeeded>((await CallAsync(gateway, 1))[0]);
    }

    [Fact]
    public async Task Five_hundred_calls_in_an_hour_are_let_through_at_the_pace_and_no_faster()
    {
        await using var gateway = await TestGateway.StartAsync(Paced);
        var passed = 0;
        for (var i = 0; i < 500; i++)
        {
            // Ten at once, then a wait: 12 tries a minute for most of an hour.
            if (i % 12 == 0 && i > 0) gateway.Clock.Advance(Minute);
            if ((await CallAsync(gateway, 1, $$"""{"id":{{i + 1}}}"""))[0] is ToolOutcome.Succeeded) passed++;
        }

        Assert.Equal(500 - (41 * 2), passed);
    }

    [Theory]
    [InlineData("ScanTool", 3)]
    [InlineData("test_scan_*", 3)]
    [InlineData("test_things_*", 10)]
    public async Task The_operator_sets_another_pace_by_name_or_pattern(string pattern, int expected)
    {
        await using var gateway = await StartAsync(Paced, new ToolRate(pattern, new RateLimit(3, Minute)), new ToolRate("*", new RateLimit(10, Minute)));

        Assert.Equal(expected, (await CallAsync(gateway, 12)).Count(outcome => outcome is ToolOutcome.Succeeded));
    }

    [Fact]
    public async Task The_operator_can_take_the_pace_away()
    {
        await using var gateway = await StartAsync(Paced, new ToolRate("ScanTool", null));

        Assert.All(await CallAsync(gateway, 30), outcome => Assert.IsType<ToolOutcome.Succeeded>(outcome));
    }

    /// <summary>An agent that tries targets until it finds one that is allowed is not kept from the one that is.</summary>
    [Fact]
    public async Task What_the_tool_itself_refuses_costs_nothing()
    {
        var picky = TestConnector.Failing(new InvalidArgumentsException("That is no target.")) with { Pace = new CallPace(2, Minute) };
        await using var gateway = await TestGateway.StartAsync(picky);

        for (var i = 0; i < 20; i++)
            Assert.Equal(ErrorCode.InvalidArguments, (await gateway.CallAsync("test_thing_get")).Problem!.Code);
    }

    private static Task<TestGateway> StartAsync(Tool tool, params ToolRate[] rates)
        => TestGateway.StartAsync(new TestConnector([tool]), new object(), new TestGatewayOptions { Tools = rates });

    private static async Task<IReadOnlyList<ToolOutcome>> CallAsync(TestGateway gateway, int times, string arguments = "{}")
    {
        List<ToolOutcome> outcomes = [];
        for (var i = 0; i < times; i++) outcomes.Add(await gateway.CallAsync("test_scan_run", arguments));
        return outcomes;
    }
}
