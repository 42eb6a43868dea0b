using Sallyport.Gateway.Events;
using Sallyport.Gateway.Identity;

namespace Sallyport.Tests.Gateway.Events;

public sealed class GateEventsTests
{
    private readonly GateEvents _events = new(new FakeClock());

    [Fact]
    public async Task A_reader_gets_what_happens_from_now_on_in_order()
    {
        _events.Publish(About("before"));
        using var reader = _events.Watch(null);
        _events.Publish(About("one"));
        _events.Publish(About("two"));

        Assert.Equal(["one", "two"], [await NextAsync(reader), await NextAsync(reader)]);
    }

    [Fact]
    public async Task Who_comes_back_gets_what_was_missed_first()
    {
        for (var i = 1; i <= 4; i++)
            _events.Publish(About($"{i}"));

        using var reader = _events.Watch(2);
        _events.Publish(About("5"));

        Assert.Equal(["3", "4", "5"], [await NextAsync(reader), await NextAsync(reader), await NextAsync(reader)]);
    }

    [Fact]
    public async Task Who_reads_too_slowly_is_let_go_and_nobody_waits()
    {
        using var slow = _events.Watch(null);
        using var quick = _events.Watch(null);
        for (var i = 0; i < 300; i++)
        {
            _events.Publish(About($"{i}"));
            Assert.Equal($"{i}", await NextAsync(quick));
        }

        var seen = 0;
        await foreach (var _ in slow.Events.ReadAllAsync(TestContext.Current.CancellationToken))
            seen++;
        Assert.Equal(256, seen);
    }

    [Fact]
    public void A_caller_sees_what_is_about_its_own_tenants_only()
    {
        var mine = new Caller("soc", "reader", ["contoso"], "token");
        var call = _events.New(GateEventKind.Call);

        Assert.True((call with { Tenant = "contoso", Caller = "other" }).IsVisibleTo(mine, false));
        Assert.False((call with { Tenant = "fabrikam", Caller = "soc" }).IsVisibleTo(mine, true));
        Assert.True((call with { Caller = "soc" }).IsVisibleTo(mine, false));
        Assert.False((call with { Caller = "other" }).IsVisibleTo(mine, true));
        Assert.True(_events.New(GateEventKind.Health).IsVisibleTo(mine, false));
        var secret = _events.New(GateEventKind.Config) with { IsForAdministrators = true };
        Assert.False(secret.IsVisibleTo(mine, true));
        Assert.True(secret.IsVisibleTo(mine with { Tenants = ["*"] }, true));
        Assert.False(secret.IsVisibleTo(mine with { Tenants = ["*"] }, false));
    }

    private GateEvent About(string tool) => _events.New(GateEventKind.Tool) with { Tool = tool };

    private static async Task<string> NextAsync(EventReader reader) => (await reader.Events.ReadAsync(TestContext.Current.CancellationToken)).Tool!;
}
