namespace Sallyport.Core.Http;

/// <summary>The time that one request and its answer may take together, and the caller's wish to end it, as one token.</summary>
internal sealed class Attempt : IDisposable
{
    private readonly CancellationTokenSource _end;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenRegistration _callerEnds;

    public Attempt(TimeSpan longest, TimeProvider time, CancellationToken caller)
    {
        (_end, _caller) = (new CancellationTokenSource(longest, time), caller);
        _callerEnds = caller.UnsafeRegister(static end => ((CancellationTokenSource)end!).Cancel(), _end);
    }

    public CancellationToken Token => _end.Token;

    /// <summary>It ended because of its time, not because the caller wished so.</summary>
    public bool TimedOut => _end.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>Whether whoever has this token is heard by <see cref="Token"/> already.</summary>
    public bool Hears(CancellationToken token) => !token.CanBeCanceled || token == _caller;

    public void Dispose()
    {
        _callerEnds.Dispose();
        _end.Dispose();
    }
}
