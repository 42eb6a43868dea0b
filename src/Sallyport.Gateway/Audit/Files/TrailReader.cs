using Sallyport.Gateway.Audit.Chain;

namespace Sallyport.Gateway.Audit.Files;

/// <summary>Reads the files of one log as one, in bounded memory, and goes on while the log is written, rotated or moved away.</summary>
internal sealed class TrailReader : IDisposable
{
    private readonly string _log;
    private FileStream? _stream;
    private LineReader? _lines;
    private string? _newestSetAside;
    private bool _isDrained;

    private TrailReader(string log) => _log = log;

    /// <summary>The file of the newest line, as it was named when it was opened.</summary>
    public string File { get; private set; } = "";

    /// <summary>Number of the newest line in its file, from 1.</summary>
    public long Line => _lines?.Count ?? 0;

    /// <summary>Where the next line begins in its file.</summary>
    public long Offset => _lines?.Offset ?? 0;

    /// <summary>From the oldest record there is.</summary>
    public static TrailReader FromStart(string file)
    {
        var log = AuditPaths.Of(file).Log;
        var reader = new TrailReader(log);
        reader.Open(LogSeries.SetAside(log) is [var oldest, ..] ? oldest : log, 0);
        return reader;
    }

    /// <summary>Bytes from here to the end of the log.</summary>
    public long Remaining()
    {
        var newer = LogSeries.Of(_log).SkipWhile(name => name != File).Skip(1).Sum(name => new FileInfo(name).Length);
        return newer + (_stream?.Length ?? 0) - Offset;
    }

    /// <summary>From a place where reading stopped; from the first record behind it when that place is gone, or else from the oldest.</summary>
    public static TrailReader From(string file, TrailPlace? place)
    {
        if (place is null) return FromStart(file);
        var log = AuditPaths.Of(file).Log;
        var reader = new TrailReader(log);
        var series = LogSeries.Of(log);
        foreach (var name in series.Reverse())
        {
            using var stream = AuditPaths.Read(name);
            if (LogTail.LineBefore(stream, place.Offset) is not { } line || !SealedRecord.TryRead(line, out var record)) continue;
            if (record.ToHead() != new ChainHead(place.Chain, place.Seq, place.Hmac)) continue;
            reader.Open(name, place.Offset);
            return reader;
        }

        var next = series.FirstOrDefault(name => FirstOf(name) is { } first && first.Chain == place.Chain && first.Seq > place.Seq);
        reader.Open(next ?? (series is [var oldest, ..] ? oldest : log), 0);
        return reader;
    }

    /// <summary>The next whole line without its newline, valid until the next call; false when there is none (yet).</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        do
        {
            if (_lines is not null && _lines.TryRead(out line)) return true;
        }
        while (MoveOn());

        line = default;
        return false;
    }

    public void Dispose() => _stream?.Dispose();

    private void Open(string name, long offset)
    {
        // Before the file is opened: if it is set aside in between, its new name counts as newer and is recognised.
        _newestSetAside = LogSeries.SetAside(_log) is [.., var newest] ? newest : null;
        var stream = AuditPaths.Read(name);
        _stream?.Dispose();
        _stream = stream;
        _stream.Position = offset;
        _lines = new LineReader(_stream, offset);
        _isDrained = false;
        File = name;
    }

    /// <summary>Goes to the next file once this one is finished and read to its end.</summary>
    private bool MoveOn()
    {
        if (_lines is null || (File == _log && IsStillWritten())) return false;
        if (File == _log && !_isDrained)
        {
            // What was written between our last look and the moment the file was set aside.
            return _isDrained = true;
        }

        var newer = LogSeries.SetAside(_log).Where(name => string.CompareOrdinal(name, File == _log ? _newestSetAside : File) > 0).ToList();
        if (File == _log && newer.Count > 0 && IsThis(newer[0])) newer.RemoveAt(0);
        var next = newer is [var oldest, ..] ? oldest : _log;
        try
        {
            Open(next, 0);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Lengths differ for a moment while somebody writes; then the first line tells whether it is the same file.</summary>
    private bool IsStillWritten()
    {
        if (_stream!.Length < _stream.Position) return false;
        var named = new FileInfo(_log);
        return named.Exists && (named.Length == _stream.Length || named.Length == 0 || IsThis(_log));
    }

    private bool IsThis(string name)
    {
        try
        {
            using var other = AuditPaths.Read(name);
            return FirstLine(other) is { } first && FirstLine(_stream!) is { } own && first.AsSpan().SequenceEqual(own);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private static ChainHead? FirstOf(string name)
    {
        using var stream = AuditPaths.Read(name);
        return FirstLine(stream) is { } line && SealedRecord.TryRead(line, out var record) ? record.ToHead() : null;
    }

    private static byte[]? FirstLine(FileStream stream)
    {
        var position = stream.Position;
        stream.Position = 0;
        var first = new LineReader(stream).TryRead(out var line) ? line.ToArray() : null;
        stream.Position = position;
        return first;
    }
}
