namespace Sallyport.Gateway.Policy;

/// <summary>Admits at most so many events in any span of a length; remembers when each was admitted, also when the limit changes.</summary>
internal sealed class SlidingWindow(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Queue<long> _admitted = new();

    public bool IsIdle(RateLimit limit)
    {
        lock (_lock)
        {
            Forget(limit);
            return _admitted.Count == 0;
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
                _admitted.Enqueue(time.GetTimestamp());
            return wait;
        }
    }

    private TimeSpan? WaitLocked(RateLimit limit)
    {
        Forget(limit);
        return _admitted.Count < limit.Count ? null : limit.Window - time.GetElapsedTime(_admitted.Peek());
    }

    private void Forget(RateLimit limit)
    {
        while (_admitted.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= limit.Window)
            _admitted.Dequeue();
    }
}
