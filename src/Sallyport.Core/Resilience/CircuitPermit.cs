namespace Sallyport.Core.Resilience;

/// <summary>The right to make one call through a circuit. Report exactly once how it went.</summary>
public readonly record struct CircuitPermit
{
    private readonly CircuitBreaker _breaker;

    internal CircuitPermit(CircuitBreaker breaker, int period, long started) => (_breaker, Period, Started) = (breaker, period, started);

    /// <summary>Changes with every change of state, so that a call that was under way then does not count for what came after.</summary>
    internal int Period { get; }

    internal long Started { get; }

    public void Succeeded() => _breaker.Report(this, CallReport.Success, null);

    /// <param name="reason">The code of the failure, for the counters.</param>
    public void Failed(string reason) => _breaker.Report(this, CallReport.Failure, reason);

    /// <summary>The call ended without saying anything about the upstream: it was cancelled, or refused before it was sent.</summary>
    public void SaidNothing() => _breaker.Report(this, CallReport.Nothing, null);
}

/// <summary>What a call said about the upstream.</summary>
internal enum CallReport
{
    Success,
    Failure,
    Nothing,
}
