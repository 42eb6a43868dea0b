namespace Sallyport.Tests.Canaries;

/// <summary>The real time of day, with waits that take a small part of what is asked for: retries, slow answers and timeouts alike.</summary>
internal sealed class HurriedClock : TimeProvider
{
    private const int Hurry = 20;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => System.CreateTimer(callback, state, Shorter(dueTime), Shorter(period));

    private static TimeSpan Shorter(TimeSpan wait) => wait == Timeout.InfiniteTimeSpan ? wait : wait / Hurry;
}
