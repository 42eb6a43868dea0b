namespace Sallyport.Gateway.Audit.Forwarding;

/// <summary>How long a receiver that failed is left alone: one second, twice as long each time, a minute at most.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private TimeSpan _next = First;

    /// <param name="asked">What the receiver asked for; it is given that, up to the longest wait.</param>
    public TimeSpan Next(TimeSpan? asked)
    {
        // Up to a fifth less, so that many gates do not come back at the same moment.
        var wait = asked ?? _next * (1 - (Random.Shared.NextDouble() / 5));
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return wait < Longest ? wait : Longest;
    }

    public void Reset() => _next = First;
}
