namespace Sallyport.Core.Resilience;

/// <summary>
/// Leaves a failing upstream alone for a while, then lets one call at a time try. Counts only what the upstream did:
/// refused arguments, policy and cancellation never touch it.
/// </summary>
public sealed class CircuitBreaker(string name, CircuitOptions options, TimeProvider time)
{
    private static readonly TimeSpan ProbeRetryAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly CircuitBook _book = new(time);
    private CircuitOptions _options = options;
    private CircuitState _state;
    private int _period;
    private int _failures;
    private int _probeSuccesses;
    private bool _isProbing;
    private TimeSpan _recovery = options.FirstRecovery;
    private TimeSpan _wait;
    private long _openedAt;

    /// <summary>Called with the state left, the state entered and why, outside any lock.</summary>
    public event Action<CircuitState, CircuitState, string>? Changed;

    public string Name => name;

    public CircuitState State
    {
        get
        {
            lock (_lock)
                return _state;
        }
    }

    public CircuitStatus Status
    {
        get
        {
            lock (_lock)
                return _book.Status(name, _state, _options, _recovery, _state == CircuitState.Open ? Left() : null);
        }
    }

    /// <summary>Goes on with other numbers and the same state.</summary>
    public void Use(CircuitOptions changed)
    {
        lock (_lock)
        {
            if (_recovery == _options.FirstRecovery || _recovery > changed.Longest)
                _recovery = changed.FirstRecovery;
            _options = changed;
        }
    }

    /// <summary>Whether the call may go on; every permit must be followed by one report.</summary>
    /// <param name="retryAfter">How long to wait when it may not.</param>
    public bool TryEnter(out CircuitPermit permit, out TimeSpan retryAfter)
    {
        permit = default;
        var isRecovering = false;
        lock (_lock)
        {
            retryAfter = _state switch
            {
                CircuitState.Open => Left(),
                CircuitState.HalfOpen when _isProbing => ProbeRetryAfter,
                _ => TimeSpan.Zero,
            };
            if (retryAfter > TimeSpan.Zero)
            {
                _book.Reject();
                return false;
            }

            if (_state == CircuitState.Open)
            {
                isRecovering = true;
                _probeSuccesses = 0;
                Enter(CircuitState.HalfOpen, RecoveryElapsed);
            }

            _isProbing = _state == CircuitState.HalfOpen;
            permit = new CircuitPermit(this, _period, time.GetTimestamp());
        }

        if (isRecovering)
            Changed?.Invoke(CircuitState.Open, CircuitState.HalfOpen, RecoveryElapsed);
        return true;
    }

    public void ForceOpen() => Force(CircuitState.Open, "forced_open");

    public void ForceClose() => Force(CircuitState.Closed, "forced_close");

    internal void Report(CircuitPermit permit, CallReport report, string? reason)
    {
        CircuitState before;
        string? why;
        lock (_lock)
        {
            before = _state;
            if (report == CallReport.Success)
                _book.Success(time.GetElapsedTime(permit.Started));
            else if (report == CallReport.Failure)
                _book.Failure(time.GetElapsedTime(permit.Started), reason!);
            // A call that began before the last change says nothing about the upstream since.
            why = permit.Period == _period ? Judge(report) : null;
        }

        if (why is not null)
            Changed?.Invoke(before, State, why);
    }

    /// <summary>The reason when the state changed.</summary>
    private string? Judge(CallReport report)
    {
        if (_state == CircuitState.HalfOpen)
        {
            _isProbing = false;
            return report switch
            {
                CallReport.Success when ++_probeSuccesses >= _options.SuccessThreshold => Enter(CircuitState.Closed, "success_threshold_reached"),
                CallReport.Failure => Enter(CircuitState.Open, "recovery_attempt_failed"),
                _ => null,
            };
        }

        if (report == CallReport.Success)
            _failures = 0;
        return report == CallReport.Failure && ++_failures >= _options.FailureThreshold ? Enter(CircuitState.Open, "failure_threshold_exceeded") : null;
    }

    private void Force(CircuitState state, string reason)
    {
        CircuitState before;
        lock (_lock)
        {
            before = _state;
            if (before == state)
                return;
            Enter(state, reason);
        }

        Changed?.Invoke(before, state, reason);
    }

    private string Enter(CircuitState state, string reason)
    {
        if (state == CircuitState.Closed)
            _recovery = _options.FirstRecovery;
        else if (state == CircuitState.Open)
            Open(isLonger: _state == CircuitState.HalfOpen);
        _book.Change(_state, state, reason);
        _state = state;
        _isProbing = false;
        _failures = 0;
        _period++;
        return reason;
    }

    private void Open(bool isLonger)
    {
        if (isLonger)
        {
            var longer = _recovery * _options.Multiplier;
            _recovery = longer < _options.Longest ? longer : _options.Longest;
        }

        _openedAt = time.GetTimestamp();
        // Drawn once: drawing at every call would let the shortest draw win.
        _wait = _recovery * (0.9 + (0.2 * Random.Shared.NextDouble()));
    }

    private TimeSpan Left()
    {
        var left = _wait - time.GetElapsedTime(_openedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private const string RecoveryElapsed = "recovery_timeout_elapsed";
}
