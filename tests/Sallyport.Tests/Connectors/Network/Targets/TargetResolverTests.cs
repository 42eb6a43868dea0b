using System.Net;
using Sallyport.Connectors.Network.Targets;

namespace Sallyport.Tests.Connectors.Network.Targets;

public sealed class TargetResolverTests
{
    private readonly FakeClock _clock = new();
    private readonly List<string> _lookedUp = [];

    [Fact]
    public async Task A_name_is_looked_up_once_and_the_lowest_address_pinned()
    {
        var verdict = await ResolveAsync("Web1.lab.internal", "10.0.0.9", "10.0.0.10", "10.0.0.2");

        Assert.Equal(new TargetVerdict.Allowed(new ScanTarget("10.0.0.2", 1, RequestedName: "web1.lab.internal")), verdict);
        Assert.Equal(["web1.lab.internal"], _lookedUp);
    }

    [Fact]
    public async Task A_resolver_that_changes_its_answer_is_asked_only_once()
    {
        var answers = new Queue<string>(["10.0.0.1", "8.8.8.8"]);
        var resolver = Resolver((_, _) => Task.FromResult<IReadOnlyList<IPAddress>>([IPAddress.Parse(answers.Dequeue())]));

        var verdict = await resolver.ResolveAsync("rebind.lab.internal", 1, default);

        Assert.Equal("10.0.0.1", Assert.IsType<TargetVerdict.Allowed>(verdict).Target.Text);
        Assert.Single(answers);
    }

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("10.0.0.1", "8.8.8.8")]
    [InlineData("10.0.0.1", "169.254.169.254")]
    public async Task One_address_outside_refuses_the_name(params string[] addresses)
    {
        var refused = Assert.IsType<TargetVerdict.Refused>(await ResolveAsync("web1.lab.internal", addresses));

        Assert.Equal(TargetRefusal.ResolvesOutside, refused.Reason);
        Assert.Contains("web1.lab.internal resolves to a forbidden address", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IPv6_answers_are_ignored()
    {
        Assert.Equal("10.0.0.1", Assert.IsType<TargetVerdict.Allowed>(await ResolveAsync("web1.lab.internal", "2001:db8::1", "10.0.0.1")).Target.Text);
        Assert.Equal(TargetRefusal.Unresolved, Assert.IsType<TargetVerdict.Refused>(await ResolveAsync("web1.lab.internal", "2001:db8::1")).Reason);
    }

    [Fact]
    public async Task A_name_without_address_is_refused_as_unresolved()
        => Assert.Equal(TargetRefusal.Unresolved, Assert.IsType<TargetVerdict.Refused>(await ResolveAsync("web1.lab.internal")).Reason);

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("8.8.8.8")]
    [InlineData("example.org")]
    public async Task An_address_or_a_name_outside_is_never_looked_up(string text)
    {
        await ResolveAsync(text, "10.0.0.1");

        Assert.Empty(_lookedUp);
    }

    [Fact]
    public async Task A_resolver_that_does_not_answer_within_five_seconds_counts_as_unresolved()
    {
        var resolver = Resolver(NeverAsync);
        var resolving = resolver.ResolveAsync("web1.lab.internal", 1, default);

        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(TargetRefusal.Unresolved, Assert.IsType<TargetVerdict.Refused>(await resolving).Reason);
    }

    [Fact]
    public async Task A_caller_who_hangs_up_ends_the_look_up()
    {
        using var caller = new CancellationTokenSource();
        var resolving = Resolver(NeverAsync).ResolveAsync("web1.lab.internal", 1, caller.Token);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => resolving);
    }

    [Fact]
    public async Task The_system_resolver_says_nothing_about_a_name_that_does_not_exist()
        => Assert.Empty(await TargetResolver.SystemLookupAsync("no-such-name.invalid", default));

    private static async Task<IReadOnlyList<IPAddress>> NeverAsync(string name, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return [];
    }

    private TargetResolver Resolver(NameLookup lookup) => new(Some.Rule(), lookup, _clock);

    private Task<TargetVerdict> ResolveAsync(string text, params string[] addresses) => Resolver((name, _) =>
    {
        _lookedUp.Add(name);
        return Task.FromResult<IReadOnlyList<IPAddress>>([.. addresses.Select(IPAddress.Parse)]);
    }).ResolveAsync(text, 1, default);
}
