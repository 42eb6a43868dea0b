using Sallyport.Core;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Tests.Gateway.Pipeline;

/// <summary>What of a call counts for the circuit of its upstream: only what says something about the upstream's health.</summary>
public sealed class CircuitTests
{
    [Fact]
    public async Task A_failure_of_what_the_caller_chose_or_that_never_got_there_does_not_open_it()
    {
        var closedPort = new UpstreamException(UpstreamFailure.Unavailable, "10.0.0.1:443 takes no connection.") { SaysNothingOfHealth = true };
        await using var gateway = await TestGateway.StartAsync(TestConnector.Failing(closedPort));

        Assert.All(await CallAsync(gateway, "test_thing_get", 10), outcome => Assert.Equal("upstream_unavailable", outcome.Problem!.Code));
    }

    [Fact]
    public async Task Results_that_came_only_in_part_because_the_upstream_failed_open_it()
    {
        await using var gateway = await TestGateway.StartAsync(Partial(UpstreamFailure.Timeout));

        var outcomes = await CallAsync(gateway, "test_thing_scan", 6);

        Assert.All(outcomes.Take(5), outcome => Assert.IsType<ToolOutcome.Succeeded>(outcome));
        Assert.Equal(ErrorCode.CircuitOpen, outcomes[5].Problem!.Code);
    }

    [Fact]
    public async Task Refused_arguments_never_open_it()
    {
        await using var gateway = await TestGateway.StartAsync(Partial(null), TestConnector.Failing(new InvalidArgumentsException("No.")));

        Assert.All(await CallAsync(gateway, "test_thing_get", 20), outcome => Assert.Equal(ErrorCode.InvalidArguments, outcome.Problem!.Code));
        Assert.IsType<ToolOutcome.Succeeded>(await gateway.CallAsync("test_thing_scan"));
    }

    private static Tool Partial(UpstreamFailure? countsAs) => Tool.Raw<TestConnector.TestClient, TestConnector.Look>(
        ToolAccess.Read, "test_thing_scan", "Looks for as long as it may.", static () => TestJson.Default.Look, (_, _, context, _) =>
        {
            context.CountsAs = countsAs;
            return Task.FromResult(TestConnector.Json("{}"));
        });

    private static async Task<IReadOnlyList<ToolOutcome>> CallAsync(TestGateway gateway, string tool, int times)
    {
        List<ToolOutcome> outcomes = [];
        for (var i = 0; i < times; i++) outcomes.Add(await gateway.CallAsync(tool));
        return outcomes;
    }
}
