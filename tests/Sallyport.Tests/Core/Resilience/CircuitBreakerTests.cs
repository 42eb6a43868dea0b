using Sallyport.Core.Resilience;

namespace Sallyport.Tests.Core.Resilience;

public sealed class CircuitBreakerTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void It_opens_at_the_threshold_and_a_success_before_it_starts_the_count_again()
    {
        var breaker = Breaker();
        Fail(breaker, 4);
        Enter(breaker).Succeeded();
        Fail(breaker, 4);
        var before = breaker.State;
        Fail(breaker, 1);

        Assert.Equal((CircuitState.Closed, CircuitState.Open), (before, breaker.State));
        Assert.InRange(Wait(breaker).TotalSeconds, 54, 66);
    }

    [Fact]
    public void After_the_wait_one_of_a_hundred_callers_is_the_probe()
    {
        var breaker = Breaker();
        Fail(breaker, 5);
        _clock.Advance(TimeSpan.FromSeconds(67));

        var admitted = Enumerable.Range(0, 100).AsParallel().Count(_ => breaker.TryEnter(out var _, out var _));

        Assert.Equal((1, CircuitState.HalfOpen), (admitted, breaker.State));
    }

    [Fact]
    public void A_failed_probe_waits_longer_and_a_good_one_closes()
    {
        var breaker = Breaker();
        Fail(breaker, 5);
        _clock.Advance(TimeSpan.FromSeconds(67));
        Fail(breaker, 1);
        var longer = Wait(breaker).TotalSeconds;
        _clock.Advance(TimeSpan.FromSeconds(100));
        Enter(breaker).Succeeded();

        Assert.InRange(longer, 81, 99);
        Assert.Equal(CircuitState.Closed, breaker.State);
    }

    [Fact]
    public void A_probe_that_says_nothing_frees_the_place_for_another()
    {
        var breaker = Breaker();
        Fail(breaker, 5);
        _clock.Advance(TimeSpan.FromSeconds(67));
        var probe = Enter(breaker);
        var second = Wait(breaker);
        probe.SaidNothing();

        Assert.Equal(5, second.TotalSeconds);
        Enter(breaker);
        Assert.Equal(CircuitState.HalfOpen, breaker.State);
    }

    [Fact]
    public void Several_good_probes_close_it_where_several_are_asked_for()
    {
        var breaker = Breaker(new CircuitOptions { SuccessThreshold = 2 });
        Fail(breaker, 5);
        _clock.Advance(TimeSpan.FromSeconds(67));

        Enter(breaker).Succeeded();
        var between = breaker.State;
        Enter(breaker).Succeeded();

        Assert.Equal((CircuitState.HalfOpen, CircuitState.Closed), (between, breaker.State));
    }

    [Fact]
    public void A_call_from_before_the_change_does_not_decide_about_what_came_after()
    {
        var breaker = Breaker();
        var slow = Enter(breaker);
        var slower = Enter(breaker);
        Fail(breaker, 5);
        _clock.Advance(TimeSpan.FromSeconds(67));
        Enter(breaker);

        slow.Succeeded();
        slower.Failed("upstream_timeout");

        Assert.Equal(CircuitState.HalfOpen, breaker.State);
        Assert.Equal(5, Wait(breaker).TotalSeconds);
    }

    [Fact]
    public void The_waiting_time_never_grows_beyond_its_longest()
    {
        var breaker = Breaker();
        Fail(breaker, 5);
        for (var i = 0; i < 20; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(400));
            Fail(breaker, 1);
        }

        Assert.InRange(Wait(breaker).TotalSeconds, 270, 330);
    }

    [Fact]
    public void Other_numbers_take_effect_without_losing_the_state()
    {
        var breaker = Breaker();
        Fail(breaker, 3);

        breaker.Use(new CircuitOptions(FailureThreshold: 4, Recovery: TimeSpan.FromSeconds(10)));
        Fail(breaker, 1);

        Assert.Equal(CircuitState.Open, breaker.State);
        Assert.InRange(Wait(breaker).TotalSeconds, 9, 11);
    }

    [Fact]
    public void What_went_through_it_and_why_it_changed_can_be_read()
    {
        List<string> changes = [];
        var breaker = Breaker();
        breaker.Changed += (from, to, reason) => changes.Add($"{from} {to} {reason}");
        Enter(breaker).Succeeded();
        Fail(breaker, 5);
        Wait(breaker);
        _clock.Advance(TimeSpan.FromSeconds(67));
        Fail(breaker, 1);
        breaker.ForceClose();

        var status = breaker.Status;

        Assert.Equal((8, 1, 6, 1, 6), (status.Counts.Total, status.Counts.Succeeded, status.Counts.Failed, status.Counts.Rejected, status.Counts.FailuresInARow));
        Assert.Equal(6, status.Counts.Reasons["upstream_unavailable"]);
        Assert.Equal(6, status.RecentErrors.Count);
        string[] expected =
        [
            "Closed Open failure_threshold_exceeded", "Open HalfOpen recovery_timeout_elapsed", "HalfOpen Open recovery_attempt_failed", "Open Closed forced_close",
        ];
        Assert.Equal(expected, changes);
        Assert.Equal(expected, status.RecentChanges.Select(change => $"{change.From} {change.To} {change.Reason}"));
    }

    private CircuitBreaker Breaker(CircuitOptions? options = null) => new("test", options ?? new CircuitOptions(), _clock);

    private static CircuitPermit Enter(CircuitBreaker breaker)
    {
        Assert.True(breaker.TryEnter(out var permit, out _));
        return permit;
    }

    private static TimeSpan Wait(CircuitBreaker breaker)
    {
        Assert.False(breaker.TryEnter(out _, out var wait));
        return wait;
    }

    private static void Fail(CircuitBreaker breaker, int times)
    {
        for (var i = 0; i < times; i++)
            Enter(breaker).Failed("upstream_unavailable");
    }
}
