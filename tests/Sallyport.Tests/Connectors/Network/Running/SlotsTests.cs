using Sallyport.Connectors.Network.Running;
using Sallyport.Core;

namespace Sallyport.Tests.Connectors.Network.Running;

public sealed class SlotsTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Who_finds_no_place_gets_the_next_one_that_comes_free()
    {
        var slots = new Slots(4, _clock);
        var scans = slots.For("scan", 1);
        var first = await scans.EnterAsync(default);
        var second = scans.EnterAsync(default);
        Assert.False(second.IsCompleted);

        first.Dispose();
        first.Dispose();

        using var place = await second;
        Assert.False(scans.EnterAsync(default).IsCompleted);
    }

    [Fact]
    public async Task After_thirty_seconds_the_wait_is_over_and_costs_no_place()
    {
        var slots = new Slots(1, _clock);
        var scans = slots.For("scan", 2);
        var look = slots.For("look-up", 1);
        var first = await scans.EnterAsync(default);
        var waiting = look.EnterAsync(default);

        _clock.Advance(TimeSpan.FromSeconds(30));

        var thrown = await Assert.ThrowsAsync<UpstreamException>(() => waiting);
        Assert.Equal(UpstreamFailure.Throttled, thrown.Failure);
        first.Dispose();
        (await look.EnterAsync(default)).Dispose();
    }

    [Fact]
    public async Task Other_settings_let_more_in_at_once_and_fewer_as_places_come_free()
    {
        var slots = new Slots(4, _clock);
        var scans = slots.For("scan", 1);
        using var first = await scans.EnterAsync(default);
        var waiting = scans.EnterAsync(default);

        scans.Use(2);
        using (await waiting)
        {
            scans.Use(1);
            Assert.False(scans.EnterAsync(default).IsCompleted);
        }

        var after = scans.EnterAsync(default);
        Assert.False(after.IsCompleted);
    }

    [Fact]
    public async Task A_caller_who_hangs_up_leaves_the_queue()
    {
        var slots = new Slots(1, _clock);
        var scans = slots.For("scan", 1);
        using var first = await scans.EnterAsync(default);
        using var caller = new CancellationTokenSource();
        var waiting = scans.EnterAsync(caller.Token);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
