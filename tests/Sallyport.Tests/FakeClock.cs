namespace Sallyport.Tests;

/// <summary>A clock that a test moves by hand; timers fire when it passes them.</summary>
internal sealed class FakeClock(DateTimeOffset? start = null) : TimeProvider
{
    /// <summary>A timer that is not set by then never will be: the test fails instead of waiting for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly List<FakeTimer> _timers = [];
    private readonly List<(TimeSpan Due, TaskCompletionSource Seen)> _awaited = [];
    private DateTimeOffset _now = start ?? new DateTimeOffset(2026, 5, 11, 9, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _timers.Count(timer => timer.Due is not null);
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        lock (_lock)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Completes once a timer that is due after exactly <paramref name="due"/> has been set.</summary>
    public Task TimerSetAsync(TimeSpan due)
    {
        lock (_lock)
        {
            if (_timers.Exists(timer => timer.Due == _now + due))
                return Task.CompletedTask;
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((due, seen));
            return seen.Task.WaitAsync(Patience);
        }
    }

    /// <summary>Completes once so many timers are due after exactly <paramref name="due"/>.</summary>
    public async Task TimersSetAsync(TimeSpan due, int count)
    {
        while (true)
        {
            TaskCompletionSource seen;
            lock (_lock)
            {
                if (_timers.Count(timer => timer.Due == _now + due) >= count)
                    return;
                seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _awaited.Add((due, seen));
            }

            await seen.Task.WaitAsync(Patience);
        }
    }

    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (true)
        {
            FakeTimer? next;
            lock (_lock)
            {
                next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
                _now = next?.Due is { } due ? (due > _now ? due : _now) : end;
            }

            if (next is null)
                return;
            next.Fire();
        }
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                _period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                foreach (var (_, seen) in clock._awaited.Where(wait => wait.Due == dueTime))
                    seen.TrySetResult();
            }

            if (dueTime == TimeSpan.Zero)
                Fire();
            return true;
        }

        public void Fire()
        {
            lock (clock._lock)
                Due = _period > TimeSpan.Zero ? Due + _period : null;
            callback(state);
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                Due = null;
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
