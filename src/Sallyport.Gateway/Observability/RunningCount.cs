namespace Sallyport.Gateway.Observability;

/// <summary>How many calls of one tool are on their way.</summary>
public sealed class RunningCount
{
    private int _running;
    private bool _wasUsed;

    public int Now => Volatile.Read(ref _running);

    /// <summary>Whether the tool was ever called, so that tools nobody uses make no series.</summary>
    public bool WasUsed => Volatile.Read(ref _wasUsed);

    internal void Enter()
    {
        Interlocked.Increment(ref _running);
        if (!_wasUsed)
            Volatile.Write(ref _wasUsed, true);
    }

    internal void Leave() => Interlocked.Decrement(ref _running);
}
