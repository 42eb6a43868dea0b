namespace Sallyport.Gateway.Policy.Limits;

/// <summary>Admits at most so much in any span of a length; remembers when each was admitted, also when the limit changes.</summary>
public sealed class SlidingWindow(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Queue<(long At, int Weight)> _admitted = new();
    private RateLimit? _limit;
    private long _sum;

    /// <summary>Nothing that still counts, by the limit it was last held to.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                Forget(_limit);
                return _admitted.Count == 0;
            }
        }
    }

    /// <summary>Null when there is room; otherwise how long until there is.</summary>
    public TimeSpan? Wait(RateLimit limit)
    {
        lock (_lock)
            return WaitLocked(limit);
    }

    /// <summary>Null when admitted and counted; otherwise how long until there is room.</summary>
    public TimeSpan? TryAdmit(RateLimit limit)
    {
        lock (_lock)
        {
            var wait = WaitLocked(limit);
            if (wait is null)
                AddLocked(1);
            return wait;
        }
    }

    /// <summary>Counts what has happened, room or not.</summary>
    public void Add(int weight, RateLimit limit)
    {
        lock (_lock)
        {
            Forget(limit);
            AddLocked(weight);
        }
    }

    /// <summary>Forgets what was admitted last.</summary>
    public void TakeBack()
    {
        lock (_lock)
        {
            var admitted = _admitted.ToArray();
            if (admitted.Length == 0)
                return;
            _admitted.Clear();
            foreach (var kept in admitted[..^1])
                _admitted.Enqueue(kept);
            _sum -= admitted[^1].Weight;
        }
    }

    private void AddLocked(int weight)
    {
        _admitted.Enqueue((time.GetTimestamp(), weight));
        _sum += weight;
    }

    private TimeSpan? WaitLocked(RateLimit limit)
    {
        Forget(limit);
        if (_sum < limit.Count)
            return null;
        // Room comes when enough of the oldest have left the span.
        var left = _sum;
        foreach (var (at, weight) in _admitted)
        {
            left -= weight;
            if (left < limit.Count)
                return limit.Window - time.GetElapsedTime(at);
        }

        return limit.Window;
    }

    private void Forget(RateLimit? limit)
    {
        _limit = limit;
        while (limit is not null && _admitted.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) >= limit.Window)
            _sum -= _admitted.Dequeue().Weight;
    }
}
