namespace Sallyport.Core.Resilience;

/// <summary>Keeps the numbers and the recent past of one circuit. Its owner holds the lock.</summary>
internal sealed class CircuitBook(TimeProvider time)
{
    private const int MostErrors = 10;
    private const int MostChanges = 100;
    private const int ChangesShown = 5;
    private const int MostReasons = 32;

    private readonly Queue<CircuitFailure> _errors = new();
    private readonly Queue<CircuitChange> _changes = new();
    private readonly Dictionary<string, long> _reasons = new(StringComparer.Ordinal);
    private CircuitCounts _counts = new(0, 0, 0, 0, 0, 0, TimeSpan.Zero, new Dictionary<string, long>());
    private TimeSpan _latency;

    public void Reject() => _counts = _counts with { Rejected = _counts.Rejected + 1 };

    public void Success(TimeSpan took)
    {
        _latency += took;
        _counts = _counts with { Succeeded = _counts.Succeeded + 1, SuccessesInARow = _counts.SuccessesInARow + 1, FailuresInARow = 0, LastSuccess = time.GetUtcNow() };
    }

    public void Failure(TimeSpan took, string reason)
    {
        _latency += took;
        var now = time.GetUtcNow();
        _counts = _counts with { Failed = _counts.Failed + 1, FailuresInARow = _counts.FailuresInARow + 1, SuccessesInARow = 0, LastFailure = now };
        if (_reasons.Count < MostReasons || _reasons.ContainsKey(reason))
            _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
        Keep(_errors, new CircuitFailure(now, reason), MostErrors);
    }

    public void Change(CircuitState from, CircuitState to, string reason)
    {
        var now = time.GetUtcNow();
        _counts = _counts with { StateChanges = _counts.StateChanges + 1, LastStateChange = now };
        Keep(_changes, new CircuitChange(now, from, to, reason), MostChanges);
    }

    public CircuitStatus Status(string name, CircuitState state, CircuitOptions options, TimeSpan recovery, TimeSpan? wait)
    {
        var ended = _counts.Succeeded + _counts.Failed;
        return new CircuitStatus(
            name, state, options, recovery, wait,
            _counts with { Reasons = new Dictionary<string, long>(_reasons), AverageLatency = ended == 0 ? TimeSpan.Zero : _latency / ended },
            [.. _errors], [.. _changes.Skip(_changes.Count - ChangesShown)]);
    }

    private static void Keep<T>(Queue<T> queue, T item, int most)
    {
        if (queue.Count == most)
            queue.Dequeue();
        queue.Enqueue(item);
    }
}
