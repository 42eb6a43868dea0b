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
        breaker.ReportSuccess();
        Fail(breaker, 4);
        var before = breaker.State;
        Fail(breaker, 1);

        Assert.Equal((CircuitState.Closed, CircuitState.Open), (before, breaker.State));
        Assert.InRange(breaker.TryEnter()!.Value.TotalSeconds, 54, 66);
    }

    [Fact]
    public void After_the_wait_one_of_a_hundred_callers_is_the_probe()
    {
        var breaker = Breaker();
        Fail(breaker, 5);
        _clock.Advance(TimeSpan.FromSeconds(67));

        var admitted = Enumerable.Range(0, 100).AsParallel().Count(_ => breaker.TryEnter() is null);

        Assert.Equal((1, CircuitState.HalfOpen), (admitted, breaker.State));
    }

    [Fact]
    public void A_failed_probe_waits_longer_and_a_good_one_closes()
    {
        var breaker = Breaker();
        Fail(breaker, 5);
        _clock.Advance(TimeSpan.FromSeconds(67));
        breaker.TryEnter();
        breaker.ReportFailure();
        var longer = breaker.TryEnter()!.Value.TotalSeconds;
        _clock.Advance(TimeSpan.FromSeconds(100));
        breaker.TryEnter();
        breaker.ReportSuccess();

        Assert.InRange(longer, 81, 99);
        Assert.Equal(CircuitState.Closed, breaker.State);
    }

    [Fact]
    public void A_probe_that_says_nothing_frees_the_place_for_another()
    {
        var breaker = Breaker();
        Fail(breaker, 5);
        _clock.Advance(TimeSpan.FromSeconds(67));
        breaker.TryEnter();
        var second = breaker.TryEnter();
        breaker.ReportNothing();

        Assert.Equal(5, second!.Value.TotalSeconds);
        Assert.Null(breaker.TryEnter());
    }

    [Fact]
    public void The_waiting_time_never_grows_beyond_its_longest()
    {
        var breaker = Breaker();
        Fail(breaker, 5);
        for (var i = 0; i < 20; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(400));
            breaker.TryEnter();
            breaker.ReportFailure();
        }

        Assert.InRange(breaker.TryEnter()!.Value.TotalSeconds, 270, 330);
    }

    private CircuitBreaker Breaker() => new("test", new CircuitOptions(), _clock);

    private static void Fail(CircuitBreaker breaker, int times)
    {
        for (var i = 0; i < times; i++)
            breaker.ReportFailure();
    }
}
