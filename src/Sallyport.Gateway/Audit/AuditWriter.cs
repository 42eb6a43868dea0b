using Microsoft.Extensions.Logging;
using Sallyport.Gateway.Audit.Chain;
using Sallyport.Gateway.Audit.Files;

namespace Sallyport.Gateway.Audit;

/// <summary>The one place where records enter the log: one at a time, each sealed, written and only then counted.</summary>
internal sealed partial class AuditWriter : IDisposable
{
    private const int RecordsBetweenCheckpoints = 1000;
    private static readonly TimeSpan TimeBetweenCheckpoints = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly AuditPaths _paths;
    private readonly AuditKey _key;
    private readonly AuditRotation _rotation;
    private readonly FileStream _claim;
    private readonly LogFile _file;
    private readonly ChainWriter _chain;
    private readonly GroupFlush _flush;
    private readonly ITimer _checkpoints;
    private readonly RecordCounts _counts;

    /// <summary>Ends of calls that could not be written; they come first once writing works. Never more than calls in flight, because no call begins meanwhile.</summary>
    private readonly Queue<AuditEntry> _owed = [];

    private long _uncheckpointed;
    private long _written;
    private DateTimeOffset _fileSince;
    private bool _isFailing;
    private bool _isFlushFailing;
    private bool _isStateFailing;
    private bool _isRotationFailing;
    private bool _isClosed;

    private AuditWriter(AuditOptions options, AuditPaths paths, FileStream claim, LogFile file, TimeProvider clock, ILogger logger)
    {
        (_paths, _claim, _file, _clock, _logger) = (paths, claim, file, clock, logger);
        _key = options.Key ?? AuditKey.Ephemeral();
        _rotation = options.Rotation;
        _counts = new RecordCounts(() => IsFailing, () => Written);
        var start = ChainStart.Find(paths, _key, options.PreviousKey, clock);
        _fileSince = LogSeries.Begun(paths.Log) ?? clock.GetUtcNow();
        Before = TrailPlace.Newest(paths.Log);
        _chain = new ChainWriter(_key, start.Head, options.Instance);
        Write(new AuditEntry
        {
            Event = "start",
            Time = clock.GetUtcNow(),
            Reason = start.Reason,
            Torn = start.Torn,
            PreviousChain = start.Previous?.Chain,
            PreviousSeq = start.Previous?.Seq,
            PreviousHmac = start.Previous?.Hmac,
        });
        // Programs that run for a moment only never come to the flush that looks whether the file is full or old.
        var state = Settle();
        _file.Flush();
        state.Save(paths.State, _key);
        LogStarted(start.IsAlarming ? LogLevel.Critical : LogLevel.Information, paths.Log, start.Reason, start.Head.Chain, start.Head.Seq + 1);
        _flush = new GroupFlush(Flush);
        _checkpoints = clock.CreateTimer(_ => CheckpointOnTime(), null, TimeBetweenCheckpoints, TimeBetweenCheckpoints);
    }

    public bool IsFailing => Volatile.Read(ref _isFailing);

    /// <summary>Behind the newest record that was there before this start.</summary>
    public TrailPlace? Before { get; }

    public AuditPaths Paths => _paths;

    /// <summary>Bytes that were written since the start.</summary>
    public long Written => Volatile.Read(ref _written);

    public static AuditWriter Start(AuditOptions options, TimeProvider clock, ILogger logger)
    {
        FileStream? claim = null;
        LogFile? file = null;
        try
        {
            var paths = AuditPaths.Of(options.File);
            paths.CreateFolder();
            claim = AuditPaths.Create(paths.Lock, FileMode.OpenOrCreate, FileShare.None);
            file = new LogFile(paths.Log, logger);
            return new AuditWriter(options, paths, claim, file, clock, logger);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            file?.Dispose();
            claim?.Dispose();
            throw new AuditUnavailableException($"The audit log {options.File} cannot be opened: {failure.Message}", failure);
        }
    }

    /// <summary>The record is with the operating system when this returns, and on the disk when the task completes.</summary>
    /// <param name="isOwed">The record is kept and written later when it cannot be written now.</param>
    /// <param name="durable">Whether to wait for the disk; otherwise the task is complete already.</param>
    public Task Append(AuditEntry entry, ReadOnlySpan<byte> canonicalArguments, bool isOwed, bool durable)
    {
        lock (_gate)
        {
            if (_isClosed) throw new AuditUnavailableException("The audit log is closed.");
            try
            {
                WriteOwed();
                Write(entry, canonicalArguments);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                if (isOwed) _owed.Enqueue(entry);
                NoteFailure(failure);
                throw new AuditUnavailableException("The audit log cannot be written.", failure);
            }

            NoteSuccess();
            if (_uncheckpointed >= RecordsBetweenCheckpoints) TryCheckpoint("records");

            // Asked for inside the lock, so that closing the log cannot come between.
            _flush.Touch();
            return durable ? _flush.WaitAsync() : Task.CompletedTask;
        }
    }

    /// <summary>Ends the log in order. It stays held until this is disposed.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_isClosed) return;
            TryCheckpoint("shutdown");
            _isClosed = true;
        }

        _counts.Dispose();
        _checkpoints.Dispose();
        _flush.Dispose();
        try
        {
            _file.Flush();
            State(closed: true).Save(_paths.State, _key);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogStateFailed(failure, _paths.State);
        }

        _chain.Dispose();
        _file.Dispose();
    }

    public void Dispose()
    {
        Close();
        _claim.Dispose();
    }

    private void Write(AuditEntry entry, ReadOnlySpan<byte> canonicalArguments = default)
    {
        var line = _chain.Compose(entry, canonicalArguments);
        if (line.Length > LineReader.MaxLine) throw new ArgumentException("The record is larger than any record may be.", nameof(entry));
        if (_file.End == 0) _fileSince = entry.Time;
        _file.Append(line);
        _chain.Accept();
        _counts.Count(entry.Event);
        _uncheckpointed++;
        Volatile.Write(ref _written, _written + line.Length);
    }

    private void WriteOwed()
    {
        while (_owed.TryPeek(out var owed))
        {
            Write(owed);
            _owed.Dequeue();
        }
    }

    private void CheckpointOnTime()
    {
        lock (_gate)
        {
            if (_isClosed || (_uncheckpointed == 0 && _owed.Count == 0)) return;
            TryCheckpoint("time");
            _flush.Touch();
        }
    }

    private void TryCheckpoint(string reason)
    {
        try
        {
            WriteOwed();
            Write(new AuditEntry { Event = "checkpoint", Time = _clock.GetUtcNow(), Reason = reason, Count = _uncheckpointed, FirstSeq = _chain.NextSeq - _uncheckpointed });
            _uncheckpointed = 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            NoteFailure(failure);
        }
    }

    /// <summary>Runs on the flush thread; at most every 100 ms it also looks where the file is and saves the state.</summary>
    private void Flush(bool settle)
    {
        try
        {
            var state = settle ? Settle() : null;

            // Before the state is saved, so that it never names a record that a power cut can take away.
            _file.Flush();
            if (state is not null) SaveState(state);
            _isFlushFailing = false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (!_isFlushFailing) LogFlushFailed(failure, _paths.Log);
            _isFlushFailing = true;
            throw;
        }
    }

    private ChainState Settle()
    {
        lock (_gate)
        {
            _file.FollowPath();
            if (_file.End >= _rotation.Bytes || _clock.GetUtcNow() - _fileSince >= _rotation.Age) Rotate();
            return State(closed: false);
        }
    }

    /// <summary>The chain goes on in the next file. When that cannot be had, it goes on in this one.</summary>
    private void Rotate()
    {
        try
        {
            TryCheckpoint("rotated");
            _file.SetAside(LogSeries.NextName(_paths.Log, _clock.GetUtcNow()));
            _isRotationFailing = false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (!_isRotationFailing) LogRotationFailed(failure, _paths.Log);
            _isRotationFailing = true;
        }
    }

    private void SaveState(ChainState state)
    {
        try
        {
            state.Save(_paths.State, _key);
            _isStateFailing = false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (!_isStateFailing) LogStateFailed(failure, _paths.State);
            _isStateFailing = true;
        }
    }

    private ChainState State(bool closed) => ChainState.Of(_chain.Head, _file.End, _key, closed);

    private void NoteFailure(Exception failure)
    {
        if (!_isFailing) LogFailed(failure, _paths.Log);
        _isFailing = true;
    }

    private void NoteSuccess()
    {
        if (_isFailing) LogRecovered(_paths.Log);
        _isFailing = false;
    }

    [LoggerMessage(EventName = "audit-started", Message = "Audit log {Path}: {Reason}, chain {Chain} from record {Seq}")]
    private partial void LogStarted(LogLevel level, string path, string reason, string chain, long seq);

    [LoggerMessage(Level = LogLevel.Critical, EventName = "audit-failed", Message = "{Path} cannot be written; no call runs until it can")]
    private partial void LogFailed(Exception failure, string path);

    [LoggerMessage(Level = LogLevel.Warning, EventName = "audit-recovered", Message = "{Path} can be written again")]
    private partial void LogRecovered(string path);

    [LoggerMessage(Level = LogLevel.Critical, EventName = "audit-flush-failed", Message = "{Path} cannot be brought to the disk; writes do not run until it can")]
    private partial void LogFlushFailed(Exception failure, string path);

    [LoggerMessage(Level = LogLevel.Error, EventName = "audit-rotation-failed", Message = "{Path} cannot be set aside; it grows on")]
    private partial void LogRotationFailed(Exception failure, string path);

    [LoggerMessage(Level = LogLevel.Error, EventName = "audit-state-failed", Message = "{Path} cannot be brought up to date; a cut at the end of the audit log would show later than it should")]
    private partial void LogStateFailed(Exception failure, string path);
}
