using Sallyport.Connectors.Network.Reach;
using Sallyport.Core;
using Sallyport.Core.Processes;

namespace Sallyport.Tests.Connectors.Network.Reach;

/// <summary>The installed programs against loopback, and nothing else.</summary>
public sealed class ReachabilityTests
{
    [Fact]
    public async Task This_machine_answers_a_ping()
    {
        Require("ping");
        await using var client = FakeNmap.Client(ProgramFinder.System);

        var result = await client.PingAsync(new PingHost("127.0.0.1", Count: 2, Interval: 0.2), default);

        Assert.Equal(("127.0.0.1", true, 2, 2), (result.Address, result.Reachable, result.Sent, result.Received));
        Assert.Equal(2, result.Replies.Count);
    }

    [Fact]
    public async Task The_way_to_this_machine_is_one_hop()
    {
        Require("traceroute");
        await using var client = FakeNmap.Client(ProgramFinder.System);

        var result = await client.TraceAsync(new TraceRoute("127.0.0.1", MaxHops: 3, Probes: 1, Wait: 1), default);

        Assert.Equal((true, true), (result.Reached, result.Complete));
        Assert.Equal("127.0.0.1", Assert.Single(result.Hops).Ip);
    }

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("-f")]
    [InlineData("10.0.0.0/30")]
    [InlineData("example.org")]
    public async Task What_is_no_target_starts_nothing(string target)
    {
        await using var client = FakeNmap.Client(new ProgramFinder([]));

        await Assert.ThrowsAsync<InvalidArgumentsException>(() => client.PingAsync(new PingHost(target), default));
        await Assert.ThrowsAsync<InvalidArgumentsException>(() => client.TraceAsync(new TraceRoute(target), default));
    }

    [Fact]
    public async Task A_program_that_is_not_installed_is_named_with_its_package()
    {
        await using var client = FakeNmap.Client(new ProgramFinder(["/nonexistent"]));

        var thrown = await Assert.ThrowsAsync<UpstreamException>(() => client.PingAsync(new PingHost("127.0.0.1"), default));

        Assert.Equal("Install the package iputils-ping.", thrown.Hint);
    }

    private static void Require(string program)
    {
        var found = ProgramFinder.System.Find(program);
        Assert.SkipWhen(found.Path is null, $"{program} cannot be used here: {found.Problem}");
    }
}
