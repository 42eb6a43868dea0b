namespace Sallyport.Gateway.Audit.Files;

/// <summary>
/// Brings the log to the disk on a thread of its own: at once for those who wait, all of them with one flush, and
/// otherwise within 100 ms. A waiting disk thus never holds a thread that serves calls.
/// </summary>
internal sealed class GroupFlush : IDisposable
{
    private const int MaxDelayMs = 100;
    private readonly object _gate = new();
    private readonly Action<bool> _flush;
    private readonly Thread _thread;
    private TaskCompletionSource? _waiting;
    private long? _settleAt;
    private bool _isStopping;

    /// <param name="flush">Flushes; told true when it should also bring up to date what lags behind. May throw to tell those who wait.</param>
    public GroupFlush(Action<bool> flush)
    {
        _flush = flush;
        _thread = new Thread(Run) { IsBackground = true, Name = "audit flush" };
        _thread.Start();
    }

    /// <summary>Completes when everything written before this call is on the disk.</summary>
    public Task WaitAsync()
    {
        lock (_gate)
        {
            _waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Monitor.Pulse(_gate);
            return _waiting.Task;
        }
    }

    /// <summary>Says that something was written.</summary>
    public void Touch()
    {
        lock (_gate)
        {
            if (_settleAt is not null) return;
            _settleAt = Environment.TickCount64 + MaxDelayMs;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Serves those who wait, then ends the thread.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopping = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
    }

    private void Run()
    {
        while (true)
        {
            var (waiting, mustSettle) = Next();
            if (waiting is null && !mustSettle) return;
            try
            {
                _flush(mustSettle);
                waiting?.SetResult();
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                waiting?.SetException(new AuditUnavailableException("The audit log could not be brought to the disk.", failure));
            }
        }
    }

    /// <summary>Sleeps until somebody waits or 100 ms have passed since the first write; neither means the end.</summary>
    private (TaskCompletionSource? Waiting, bool MustSettle) Next()
    {
        lock (_gate)
        {
            while (_waiting is null && !_isStopping && DelayLeft is not 0) Monitor.Wait(_gate, DelayLeft);

            var next = (_waiting, DelayLeft is 0);
            _waiting = null;
            if (next.Item2) _settleAt = null;
            return next;
        }
    }

    private int DelayLeft => _settleAt is { } at ? (int)Math.Max(0, at - Environment.TickCount64) : Timeout.Infinite;
}
