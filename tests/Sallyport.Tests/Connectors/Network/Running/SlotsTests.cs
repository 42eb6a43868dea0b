using Sallyport.Connectors.Network.Running;
using Sallyport.Core;

namespace Sallyport.Tests.Connectors.Network.Running;

public sealed class SlotsTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Who_finds_no_place_gets_the_next_one_that_comes_free()
    {
        using var slots = new Slots(4, _clock);
        using var scans = slots.For("scan", 1);
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
        using var slots = new Slots(1, _clock);
        using var scans = slots.For("scan", 2);
        using var look = slots.For("look-up", 1);
        var first = await scans.EnterAsync(default);
        var waiting = look.EnterAsync(default);

        _clock.Advance(TimeSpan.FromSeconds(30));

        var thrown = await Assert.ThrowsAsync<UpstreamException>(() => waiting);
        Assert.Equal(UpstreamFailure.Throttled, thrown.Failure);
        first.Dispose();
        (await look.EnterAsync(default)).Dispose();
    }

    [Fact]
    public async Task A_caller_who_hangs_up_leaves_the_queue()
    {
        using var slots = new Slots(1, _clock);
        using var scans = slots.For("scan", 1);
        using var first = await scans.EnterAsync(default);
        using var caller = new CancellationTokenSource();
        var waiting = scans.EnterAsync(caller.Token);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
