using Microsoft.Extensions.Logging;
using Sallyport.Gateway.Audit.Files;

namespace Sallyport.Gateway.Audit.Forwarding;

/// <summary>
/// Sends the log to one receiver, in order, from where it got to before. The log's own files are where records wait, so
/// that memory is bounded and neither a restart nor a receiver that is away for long loses any.
/// </summary>
internal sealed partial class Forwarder : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan TimeBetweenSaves = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(5);

    private readonly SinkPlan _plan;
    private readonly ForwarderParts _parts;
    private readonly ILogger _logger;
    private readonly string _cursorPath;
    private readonly Backoff _backoff;
    private readonly ForwardedSoFar _progress;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Task _running;
    private TrailReader _trail;
    private SinkGap? _gap;
    private long _savedAt;
    private long _sent;
    private long _dropped;
    private bool _isSaveFailing;
    private volatile string? _problem;

    /// <param name="plan">The receiver.</param>
    /// <param name="parts">The log.</param>
    /// <param name="start">Where a receiver begins that never got any record; null for the oldest.</param>
    public Forwarder(SinkPlan plan, ForwarderParts parts, TrailPlace? start)
    {
        (_plan, _parts, _logger) = (plan, parts, parts.Logger);
        _cursorPath = SinkCursor.PathOf(parts.Log, plan.Name);
        _backoff = new Backoff();
        var cursor = SinkCursor.Read(_cursorPath) ?? new SinkCursor(start, null);
        _gap = cursor.Gap;
        _trail = TrailReader.From(parts.Log, cursor.Place);
        _progress = new ForwardedSoFar(plan.Sink, parts, cursor.Place, _trail.Remaining());
        _running = Task.Run(RunAsync);
    }

    /// <summary>What was recorded and is not known to have arrived.</summary>
    public long WaitingBytes => _progress.WaitingBytes;

    public SinkStatus Status => new(_plan.Name, _problem, WaitingBytes, Interlocked.Read(ref _sent), Interlocked.Read(ref _dropped));

    /// <summary>Sends what is left for a few seconds; what then still waits is sent after the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        using var deadline = _parts.Clock.CreateTimer(_ => _abort.Cancel(), null, LongestDrain, Timeout.InfiniteTimeSpan);
        await _stopping.CancelAsync();
        await _running;
        try
        {
            if (await _plan.Sink.FinishAsync(_abort.Token)) _progress.SettleAll();
        }
        catch (Exception failure) when (failure is SinkException or OperationCanceledException)
        {
            // Whether the newest records arrived is in doubt: they are sent again after the next start.
        }

        Save();
        _trail.Dispose();
        await _plan.Sink.DisposeAsync();
        _stopping.Dispose();
        _abort.Dispose();
    }

    private async Task RunAsync()
    {
        var lastTries = 2;
        for (var mayGoOn = true; mayGoOn;)
        {
            var batch = new SinkBatch(_plan, _progress.Sent);
            try
            {
                mayGoOn = await CollectAsync(batch);
                if (batch.Records.Count > 0) await _plan.Sink.SendAsync(batch.Records, _abort.Token);
                Note(batch);
            }
            catch (SinkException failure) when (failure.IsRejected && !(failure.IsMendable && _parts.IsRefusing))
            {
                Note(failure.Message, failure);
                Drop(batch, batch.Records.Count);
            }
            catch (Exception failure)
            {
                // Whatever it is, forwarding must not end with it.
                Note(failure is SinkException ? failure.Message : "failed", failure);
                GoBack();
                // A receiver that stumbles just when the gate stops is asked once more.
                if (_stopping.IsCancellationRequested) mayGoOn = --lastTries > 0;
                else await PauseAsync(_backoff.Next((failure as SinkException)?.RetryAfter));
            }
        }
    }

    /// <summary>Reads until a batch is full or old enough; false when the gate stops and nothing more waits.</summary>
    private async Task<bool> CollectAsync(SinkBatch batch)
    {
        var since = _parts.Clock.GetTimestamp();
        while (true)
        {
            batch.Fill(_trail);
            if (batch.IsFull) return true;
            if (_stopping.IsCancellationRequested) return batch.LogBytes > 0;
            if (batch.LogBytes > 0 && (batch.Records.Count == 0 || _parts.Clock.GetElapsedTime(since) >= _plan.FlushAfter)) return true;
            if (batch.LogBytes == 0) since = _parts.Clock.GetTimestamp();
            _progress.Settle();
            SaveWhenDue();
            await PauseAsync(Look);
        }
    }

    /// <summary>The batch was sent.</summary>
    private void Note(SinkBatch batch)
    {
        _progress.Send(batch.Place, batch.LogBytes);
        _progress.Settle();
        Miss(batch.Gap);
        if (batch.Records.Count > 0)
        {
            Interlocked.Add(ref _sent, batch.Records.Count);
            _backoff.Reset();
            if (_problem is not null) LogRecovered(_plan.Name, WaitingBytes);
            _problem = null;
            RecordGap();
        }

        SaveWhenDue();
    }

    private void Note(string problem, Exception failure)
    {
        // Said once for as long as it is the same.
        if (problem != _problem) LogFailed(failure, _plan.Name, problem, WaitingBytes);
        _problem = problem;
    }

    /// <summary>Takes up again behind the newest record that is known to have arrived, or later when too much waits.</summary>
    private void GoBack()
    {
        _progress.GoBack();
        _trail.Dispose();
        _trail = TrailReader.From(_parts.Log, _progress.Settled);
        if (_parts.IsRefusing || WaitingBytes <= _parts.MaxWaitingBytes) return;
        var batch = new SinkBatch(_plan, _progress.Settled);
        batch.Skip(_trail, WaitingBytes - (_parts.MaxWaitingBytes / 4 * 3));
        Drop(batch, 0);
    }

    private void Drop(SinkBatch batch, int records)
    {
        foreach (var record in batch.Records.Take(records)) Miss(SinkGap.Add(null, record.Entry!.Seq));
        Miss(batch.Gap);
        _progress.Send(batch.Place, batch.LogBytes);
        _progress.SettleAll();
        Save();
    }

    private void Miss(SinkGap? gap)
    {
        if (gap is null) return;
        Interlocked.Add(ref _dropped, gap.Count);
        _gap = _gap is null ? gap : new SinkGap(_gap.Count + gap.Count, _gap.FirstSeq, gap.LastSeq);
        LogDropped(_plan.Name, gap.Count, gap.FirstSeq, gap.LastSeq);
    }

    /// <summary>Names in the chain what the receiver never got, now that it gets this too.</summary>
    private void RecordGap()
    {
        if (_gap is null || _stopping.IsCancellationRequested) return;
        var entry = new AuditEntry { Event = "gap", Time = _parts.Clock.GetUtcNow(), Sink = _plan.Name, Count = _gap.Count, FirstSeq = _gap.FirstSeq, LastSeq = _gap.LastSeq };
        try
        {
            _parts.Record(entry);
            _gap = null;
            Save();
        }
        catch (AuditUnavailableException)
        {
            // Kept, and recorded with a later batch.
        }
    }

    private void SaveWhenDue()
    {
        if (_parts.Clock.GetElapsedTime(_savedAt) >= TimeBetweenSaves) Save();
    }

    private void Save()
    {
        _savedAt = _parts.Clock.GetTimestamp();
        try
        {
            new SinkCursor(_progress.Settled, _gap).Save(_cursorPath);
            _isSaveFailing = false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (!_isSaveFailing) LogSaveFailed(failure, _cursorPath);
            _isSaveFailing = true;
        }
    }

    private async Task PauseAsync(TimeSpan time)
    {
        try
        {
            await Task.Delay(time, _parts.Clock, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // The gate stops: on at once.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, EventName = "audit-sink-failed", Message = "Audit receiver {Sink} {Problem}; {Waiting} bytes wait, and it is tried again")]
    private partial void LogFailed(Exception failure, string sink, string problem, long waiting);

    [LoggerMessage(Level = LogLevel.Information, EventName = "audit-sink-recovered", Message = "Audit receiver {Sink} takes records again; {Waiting} bytes wait")]
    private partial void LogRecovered(string sink, long waiting);

    [LoggerMessage(Level = LogLevel.Error, EventName = "audit-sink-gap", Message = "Audit receiver {Sink} never gets {Count} records, from {FirstSeq} to {LastSeq}")]
    private partial void LogDropped(string sink, long count, long firstSeq, long lastSeq);

    [LoggerMessage(Level = LogLevel.Error, EventName = "audit-cursor-failed", Message = "{Path} cannot be written; after a restart records would be sent twice")]
    private partial void LogSaveFailed(Exception failure, string path);
}
