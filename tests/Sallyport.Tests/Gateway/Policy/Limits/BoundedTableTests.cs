using Sallyport.Gateway.Policy;
using Sallyport.Gateway.Policy.Limits;

namespace Sallyport.Tests.Gateway.Policy.Limits;

public sealed class BoundedTableTests
{
    private static readonly RateLimit Limit = new(5, TimeSpan.FromMinutes(1));

    private readonly FakeClock _clock = new();

    [Fact]
    public void It_never_grows_beyond_its_bound_and_newcomers_to_a_full_one_share_their_limit()
    {
        var table = Table(100);
        for (var i = 0; i < 100; i++)
            table.Of($"address-{i}").TryAdmit(Limit);

        for (var i = 0; i < 5; i++)
            table.Of($"stranger-{i}").TryAdmit(Limit);

        Assert.Equal(100, table.Count);
        Assert.NotNull(table.Of("stranger-6").Wait(Limit));
        Assert.NotNull(table.Find("stranger-7")?.Wait(Limit));
        Assert.Null(table.Of("address-7").Wait(Limit));
    }

    [Fact]
    public void What_is_idle_makes_room()
    {
        var table = Table(100);
        for (var i = 0; i < 100; i++)
            table.Of($"address-{i}").TryAdmit(Limit);
        _clock.Advance(TimeSpan.FromMinutes(1));

        table.Of("newcomer").TryAdmit(Limit);

        Assert.Equal(1, table.Count);
    }

    private BoundedTable<SlidingWindow> Table(int most) => new(most, () => new SlidingWindow(_clock), static window => window.IsIdle, _clock);
}
