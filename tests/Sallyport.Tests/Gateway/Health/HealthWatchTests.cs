using Sallyport.Gateway.Events;
using Sallyport.Gateway.Health;

namespace Sallyport.Tests.Gateway.Health;

public sealed class HealthWatchTests
{
    private readonly FakeClock _clock = new();
    private readonly GateEvents _events;
    private readonly List<HealthCheck> _checks = [];
    private readonly HealthWatch _watch;

    public HealthWatchTests()
    {
        _events = new GateEvents(_clock);
        _watch = new HealthWatch(() => _checks, () => new HealthOptions(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10)), _events, _clock);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fresh_answer_is_given_again_and_a_stale_one_is_asked_for_anew()
    {
        var looks = 0;
        _checks.Add(HealthCheck.Of("a", HealthPriority.Critical, () => HealthFinding.Well($"look {++looks}")));

        await _watch.CurrentAsync(Cancel);
        _clock.Advance(TimeSpan.FromSeconds(59));
        var fresh = await _watch.CurrentAsync(Cancel);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var anew = await _watch.CurrentAsync(Cancel);

        Assert.Equal(("look 1", "look 2"), (fresh.Checks[0].Finding.Message, anew.Checks[0].Finding.Message));
        Assert.Equal(2, _watch.History(10).Count);
    }

    [Fact]
    public async Task Callers_who_ask_at_the_same_time_share_one_round()
    {
        var looks = 0;
        var go = new TaskCompletionSource();
        _checks.Add(new HealthCheck("slow", HealthPriority.Critical, async _ =>
        {
            Interlocked.Increment(ref looks);
            await go.Task;
            return HealthFinding.Well("done");
        }));

        var asked = Enumerable.Range(0, 20).Select(_ => _watch.CurrentAsync(Cancel)).ToList();
        go.SetResult();
        await Task.WhenAll(asked);

        Assert.Equal(1, looks);
    }

    [Fact]
    public async Task A_check_that_hangs_is_left_behind_and_does_not_hide_the_others()
    {
        var hangs = new TaskCompletionSource<HealthFinding>();
        _checks.Add(new HealthCheck("hangs", HealthPriority.Important, _ => new(hangs.Task)));
        _checks.Add(HealthCheck.Of("breaks", HealthPriority.Informational, () => throw new InvalidOperationException("secret")));
        _checks.Add(HealthCheck.Of("fine", HealthPriority.Critical, () => HealthFinding.Well("fine")));

        var asked = _watch.CurrentAsync(Cancel);
        await _clock.TimerSetAsync(TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(10));
        var report = await asked;

        Assert.Equal("unhealthy unhealthy healthy", string.Join(' ', report.Checks.Select(check => HealthBody.Word(check.Status))));
        Assert.Equal("No answer within 10 s.", report.Checks[0].Finding.Message);
        Assert.DoesNotContain("secret", report.Checks[1].Finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_known_at_once_is_looked_at_for_every_answer()
    {
        var state = HealthStatus.Healthy;
        _checks.Add(HealthCheck.Of("circuit", HealthPriority.Important, () => new HealthFinding(state, "now")) with { IsInstant = true });
        await _watch.CurrentAsync(Cancel);

        state = HealthStatus.Degraded;

        Assert.Equal(HealthStatus.Degraded, (await _watch.CurrentAsync(Cancel)).Overall);
    }

    [Fact]
    public async Task A_change_is_told_once()
    {
        using var reader = _events.Watch(null);
        var status = HealthStatus.Unhealthy;
        _checks.Add(HealthCheck.Of("platform", HealthPriority.Important, () => new HealthFinding(status, "The platform is away.")) with { Tenant = "contoso" });
        await _watch.CurrentAsync(Cancel);
        _clock.Advance(TimeSpan.FromSeconds(60));
        await _watch.CurrentAsync(Cancel);
        status = HealthStatus.Healthy;
        _clock.Advance(TimeSpan.FromSeconds(60));
        await _watch.CurrentAsync(Cancel);

        List<string> told = [];
        while (reader.Events.TryRead(out var happened))
            told.Add($"{happened.Tenant} {happened.Check} {happened.From} {happened.To}".Trim());
        Assert.Equal(["contoso platform healthy unhealthy", "overall healthy degraded", "contoso platform unhealthy healthy", "overall degraded healthy"], told);
    }

    [Fact]
    public async Task Rounds_come_at_intervals_until_it_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        _checks.Add(HealthCheck.Of("a", HealthPriority.Critical, () => HealthFinding.Well("fine")));
        var running = _watch.RunAsync(stop.Token);
        await _clock.TimerSetAsync(TimeSpan.FromSeconds(30));
        Assert.Null(_watch.Last);

        _clock.Advance(TimeSpan.FromSeconds(30));
        await _clock.TimerSetAsync(TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        await running;

        Assert.NotNull(_watch.Last);
    }
}
