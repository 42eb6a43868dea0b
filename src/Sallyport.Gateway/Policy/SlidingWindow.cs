namespace Sallyport.Gateway.Policy;

/// <summary>Admits at most so many events in any span of the given length; remembers when each was admitted.</summary>
internal sealed class SlidingWindow(int limit, TimeSpan window, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Queue<long> _admitted = new();

    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                Forget();
                return _admitted.Count == 0;
            }
        }
    }

    /// <summary>Null when there is room; otherwise how long until there is.</summary>
    public TimeSpan? Wait()
    {
        lock (_lock)
            return WaitLocked();
    }

    /// <summary>Null when admitted and counted; otherwise how long until there is room.</summary>
    public TimeSpan? TryAdmit()
    {
        lock (_lock)
        {
            var wait = WaitLocked();
            if (wait is null)
                _admitted.Enqueue(time.GetTimestamp());
            return wait;
        }
    }

    private TimeSpan? WaitLocked()
    {
        Forget();
        return _admitted.Count < limit ? null : window - time.GetElapsedTime(_admitted.Peek());
    }

    private void Forget()
    {
        while (_admitted.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= window)
            _admitted.Dequeue();
    }
}
