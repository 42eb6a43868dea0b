namespace Sallyport.Gateway.Policy.Limits;

/// <summary>Lets each caller run so many calls at a time; more wait their turn, and more than a few waiting are too many.</summary>
public sealed class CallerSlots
{
    private const int MostWaiting = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Slots> _callers = new(StringComparer.Ordinal);

    /// <summary>Callers that run or wait now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _callers.Count;
        }
    }

    /// <summary>A slot, to be disposed of; null when the wait is too long, or too many wait already.</summary>
    /// <param name="most">Calls of this caller at a time; a change takes effect once none of its calls runs.</param>
    public async Task<IDisposable?> EnterAsync(string caller, int most, TimeSpan longest, CancellationToken cancellationToken)
    {
        Slots slots;
        lock (_lock)
        {
            if (!_callers.TryGetValue(caller, out slots!))
                _callers[caller] = slots = new Slots(this, caller, most);
            if (slots.Users >= most + MostWaiting)
                return null;
            slots.Users++;
        }

        var entered = false;
        try
        {
            entered = await slots.Free.WaitAsync(longest, cancellationToken);
            return entered ? new Slot(slots) : null;
        }
        finally
        {
            if (!entered)
                slots.Leave();
        }
    }

    /// <summary>One caller's slots, kept only while somebody uses them.</summary>
    private sealed class Slots(CallerSlots all, string caller, int most)
    {
        public SemaphoreSlim Free { get; } = new(most);

        public int Users { get; set; }

        public void Leave()
        {
            lock (all._lock)
            {
                if (--Users > 0)
                    return;
                all._callers.Remove(caller);
                Free.Dispose();
            }
        }
    }

    /// <summary>The right to run one call.</summary>
    private sealed class Slot(Slots slots) : IDisposable
    {
        public void Dispose()
        {
            slots.Free.Release();
            slots.Leave();
        }
    }
}
