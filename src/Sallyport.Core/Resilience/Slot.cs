namespace Sallyport.Core.Resilience;

/// <summary>
/// A place among the few calls that run at once. A call that only waits until a platform will hear it again lets another one
/// have its place meanwhile.
/// </summary>
public sealed class Slot
{
    private static readonly AsyncLocal<Slot?> Held = new();

    private readonly SemaphoreSlim _places;
    private readonly Slot? _outer;
    private readonly Lock _lock = new();

    /// <summary>Branches of the call that stand aside; the place is ours exactly while there are none.</summary>
    private int _aside;

    private Slot(SemaphoreSlim places, Slot? outer) => (_places, _outer) = (places, outer);

    /// <summary>Runs the work once there is a place; null when none became free in time.</summary>
    public static async Task<T?> RunAsync<T>(SemaphoreSlim places, TimeSpan longestWait, Func<Task<T>> work, CancellationToken cancellationToken)
        where T : class
    {
        if (!await places.WaitAsync(longestWait, cancellationToken))
            return null;
        var slot = new Slot(places, Held.Value);
        Held.Value = slot;
        try
        {
            return await work();
        }
        finally
        {
            slot.Leave();
        }
    }

    /// <summary>Waits without keeping others from running.</summary>
    public static async Task WaitAsideAsync(TimeSpan wait, TimeProvider time, CancellationToken cancellationToken)
    {
        var slot = Held.Value;
        slot?.StandAside();
        // When cancelled, nothing is taken back: the call is over.
        await Task.Delay(wait, time, cancellationToken);
        if (slot is not null)
            await slot.ReturnAsync(cancellationToken);
    }

    private void StandAside()
    {
        lock (_lock)
        {
            if (_aside++ == 0)
                _places.Release();
        }

        _outer?.StandAside();
    }

    /// <summary>Outer places first, as they were taken, so that no two calls wait for each other.</summary>
    private async Task ReturnAsync(CancellationToken cancellationToken)
    {
        if (_outer is not null)
            await _outer.ReturnAsync(cancellationToken);
        lock (_lock)
        {
            if (_aside > 1)
            {
                _aside--;
                return;
            }
        }

        await _places.WaitAsync(cancellationToken);
        lock (_lock)
        {
            // Another branch stood aside meanwhile and counts on the place being free.
            if (--_aside > 0)
                _places.Release();
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (_aside == 0)
                _places.Release();
        }
    }
}
