using Sallyport.Core.Resilience;

namespace Sallyport.Tests.Core.Resilience;

public sealed class SlotTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    private readonly FakeClock _clock = new();

    [Fact]
    public async Task A_call_that_only_waits_lets_another_one_have_its_place()
    {
        using var places = new SemaphoreSlim(1);
        var waiting = RunAsync(places, WaitAsync);
        await _clock.TimerSetAsync(Wait);

        Assert.NotNull(await RunAsync(places, () => Task.CompletedTask));

        Assert.False(waiting.IsCompleted);
        _clock.Advance(Wait);
        Assert.NotNull(await waiting);
        Assert.Equal(1, places.CurrentCount);
    }

    [Fact]
    public async Task After_the_wait_a_place_is_needed_again()
    {
        using var places = new SemaphoreSlim(1);
        var waiting = RunAsync(places, WaitAsync);
        await _clock.TimerSetAsync(Wait);
        var end = new TaskCompletionSource();
        var other = RunAsync(places, () => end.Task);
        _clock.Advance(Wait);

        Assert.False(waiting.IsCompleted);
        end.SetResult();
        await Task.WhenAll(other, waiting);
        Assert.Equal(1, places.CurrentCount);
    }

    [Fact]
    public async Task Places_within_places_are_all_given_up_and_taken_again()
    {
        using var outer = new SemaphoreSlim(1);
        using var inner = new SemaphoreSlim(1);
        var waiting = RunAsync(outer, () => RunAsync(inner, WaitAsync));
        await _clock.TimerSetAsync(Wait);

        Assert.Equal((1, 1), (outer.CurrentCount, inner.CurrentCount));
        _clock.Advance(Wait);
        await waiting;
        Assert.Equal((1, 1), (outer.CurrentCount, inner.CurrentCount));
    }

    [Fact]
    public async Task Two_branches_of_a_call_that_wait_give_up_one_place_between_them()
    {
        using var places = new SemaphoreSlim(1);
        var waiting = RunAsync(places, () => Task.WhenAll(WaitAsync(), Slot.WaitAsideAsync(2 * Wait, _clock, TestContext.Current.CancellationToken)));
        await _clock.TimerSetAsync(2 * Wait);

        Assert.Equal(1, places.CurrentCount);
        _clock.Advance(Wait);
        Assert.Equal(1, places.CurrentCount);
        _clock.Advance(Wait);
        await waiting;
        Assert.Equal(1, places.CurrentCount);
    }

    [Fact]
    public async Task A_call_cancelled_while_it_waits_leaves_its_place_free()
    {
        using var places = new SemaphoreSlim(1);
        using var cancel = new CancellationTokenSource();
        var waiting = RunAsync(places, () => Slot.WaitAsideAsync(Wait, _clock, cancel.Token));
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        Assert.Equal(1, places.CurrentCount);
    }

    [Fact]
    public async Task Whoever_finds_no_place_in_time_does_not_run()
    {
        using var places = new SemaphoreSlim(0);

        Assert.Null(await Slot.RunAsync(places, TimeSpan.Zero, () => Task.FromResult("ran"), TestContext.Current.CancellationToken));
    }

    private Task WaitAsync() => Slot.WaitAsideAsync(Wait, _clock, TestContext.Current.CancellationToken);

    private static Task<string?> RunAsync(SemaphoreSlim places, Func<Task> work) => Slot.RunAsync(places, Timeout.InfiniteTimeSpan, async () =>
    {
        await work();
        return "ran";
    }, TestContext.Current.CancellationToken);
}
