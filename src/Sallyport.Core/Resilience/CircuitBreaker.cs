namespace Sallyport.Core.Resilience;

/// <summary>
/// Leaves a failing upstream alone for a while, then lets one call at a time try. Counts only what the upstream did:
/// refused arguments, policy and cancellation never touch it.
/// </summary>
public sealed class CircuitBreaker(string name, CircuitOptions options, TimeProvider time)
{
    private static readonly TimeSpan ProbeRetryAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private CircuitState _state;
    private int _failures;
    private int _probeSuccesses;
    private bool _isProbing;
    private TimeSpan _recovery = options.FirstRecovery;
    private TimeSpan _wait;
    private long _openedAt;

    /// <summary>Called with the name, the state left and the state entered, outside any lock.</summary>
    public event Action<string, CircuitState, CircuitState>? Changed;

    public string Name => name;

    public CircuitState State
    {
        get
        {
            lock (_lock)
                return _state;
        }
    }

    /// <summary>Null when the call may go on; otherwise how long to wait. Every admitted call must be followed by one report.</summary>
    public TimeSpan? TryEnter()
    {
        CircuitState before;
        lock (_lock)
        {
            before = _state;
            if (_state == CircuitState.Closed)
                return null;
            if (_state == CircuitState.Open)
            {
                var left = _wait - time.GetElapsedTime(_openedAt);
                if (left > TimeSpan.Zero)
                    return left;
                _state = CircuitState.HalfOpen;
                _probeSuccesses = 0;
            }
            else if (_isProbing)
            {
                return ProbeRetryAfter;
            }

            _isProbing = true;
        }

        Announce(before);
        return null;
    }

    public void ReportSuccess()
    {
        CircuitState before;
        lock (_lock)
        {
            before = _state;
            _failures = 0;
            if (_state == CircuitState.HalfOpen)
            {
                _isProbing = false;
                if (++_probeSuccesses >= options.SuccessThreshold)
                    Close();
            }
        }

        Announce(before);
    }

    public void ReportFailure()
    {
        CircuitState before;
        lock (_lock)
        {
            before = _state;
            if (_state == CircuitState.HalfOpen)
            {
                var longer = _recovery * options.Multiplier;
                var longest = options.LongestRecovery > options.FirstRecovery ? options.LongestRecovery : options.FirstRecovery;
                _recovery = longer < longest ? longer : longest;
                Open();
            }
            else if (_state == CircuitState.Closed && ++_failures >= options.FailureThreshold)
            {
                Open();
            }
        }

        Announce(before);
    }

    /// <summary>The call ended without saying anything about the upstream: it was cancelled, or refused before it was sent.</summary>
    public void ReportNothing()
    {
        lock (_lock)
            _isProbing = false;
    }

    public void ForceOpen() => Force(Open);

    public void ForceClose() => Force(Close);

    private void Force(Action change)
    {
        CircuitState before;
        lock (_lock)
        {
            before = _state;
            change();
        }

        Announce(before);
    }

    private void Open()
    {
        _state = CircuitState.Open;
        _isProbing = false;
        _failures = 0;
        _openedAt = time.GetTimestamp();
        // Drawn once: drawing at every call would let the shortest draw win.
        _wait = _recovery * (0.9 + (0.2 * Random.Shared.NextDouble()));
    }

    private void Close()
    {
        _state = CircuitState.Closed;
        _isProbing = false;
        _failures = 0;
        _recovery = options.FirstRecovery;
    }

    private void Announce(CircuitState before)
    {
        var now = State;
        if (now != before)
            Changed?.Invoke(name, before, now);
    }
}
