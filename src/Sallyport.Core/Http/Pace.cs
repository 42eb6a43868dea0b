namespace Sallyport.Core.Http;

/// <summary>A steady rate with a burst: at most <paramref name="permits"/> at once, refilled over <paramref name="period"/>. Waiting holds no lock.</summary>
public sealed class Pace(int permits, TimeSpan period, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly double _ticksPerPermit = (double)period.Ticks / permits;
    private readonly long _started = time.GetTimestamp();

    /// <summary>When, in ticks since the start, the bucket will be full again.</summary>
    private double _fullAt;

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var delay = Reserve();
        return delay <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(delay, time, cancellationToken);
    }

    private TimeSpan Reserve()
    {
        lock (_lock)
        {
            double now = time.GetElapsedTime(_started).Ticks;
            _fullAt = Math.Max(_fullAt, now) + _ticksPerPermit;
            var wait = _fullAt - now - (permits * _ticksPerPermit);
            return TimeSpan.FromTicks((long)Math.Ceiling(Math.Max(0, wait)));
        }
    }
}
