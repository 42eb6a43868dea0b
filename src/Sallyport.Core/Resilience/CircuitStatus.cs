namespace Sallyport.Core.Resilience;

/// <summary>A circuit as operators see it.</summary>
/// <param name="Wait">How long calls are refused from now; null unless open.</param>
/// <param name="CurrentRecovery">Waiting time that the next opening takes, before jitter.</param>
public sealed record CircuitStatus(
    string Name, CircuitState State, CircuitOptions Options, TimeSpan CurrentRecovery, TimeSpan? Wait, CircuitCounts Counts,
    IReadOnlyList<CircuitFailure> RecentErrors, IReadOnlyList<CircuitChange> RecentChanges);

/// <summary>What has gone through a circuit so far.</summary>
public sealed record CircuitCounts(
    long Succeeded, long Failed, long Rejected, int FailuresInARow, int SuccessesInARow, long StateChanges, TimeSpan AverageLatency,
    IReadOnlyDictionary<string, long> Reasons)
{
    public DateTimeOffset? LastFailure { get; init; }

    public DateTimeOffset? LastSuccess { get; init; }

    public DateTimeOffset? LastStateChange { get; init; }

    public long Total => Succeeded + Failed + Rejected;

    /// <summary>Percent of the calls that were let through; 100 while there were none.</summary>
    public double SuccessRate => Succeeded + Failed == 0 ? 100 : 100.0 * Succeeded / (Succeeded + Failed);
}

/// <summary>One counted failure.</summary>
/// <param name="Reason">The code by which the caller knows it.</param>
public sealed record CircuitFailure(DateTimeOffset At, string Reason);

/// <summary>One change of state and why.</summary>
public sealed record CircuitChange(DateTimeOffset At, CircuitState From, CircuitState To, string Reason);
