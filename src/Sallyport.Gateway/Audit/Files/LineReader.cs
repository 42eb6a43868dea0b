namespace Sallyport.Gateway.Audit.Files;

/// <summary>Reads lines of bytes from a log of any size in bounded memory, and goes on when the log has grown.</summary>
/// <param name="stream">The log, at <paramref name="offset"/>.</param>
/// <param name="offset">Where reading begins.</param>
internal sealed class LineReader(Stream stream, long offset = 0)
{
    /// <summary>No record is longer; a longer line is skipped and shows as an empty one.</summary>
    public const int MaxLine = 2 << 20;

    private byte[] _buffer = new byte[1 << 16];
    private long _bufferOffset = offset;
    private int _start;
    private int _end;
    private int _searched;
    private bool _isOverlong;

    /// <summary>How many lines were read.</summary>
    public long Count { get; private set; }

    /// <summary>Where the next line begins.</summary>
    public long Offset => _bufferOffset + _start;

    /// <summary>Whether bytes follow the last newline.</summary>
    public bool HasRemainder => _isOverlong || _end > _start;

    /// <summary>The bytes after the last newline, once there are no more lines; empty when they are longer than any record.</summary>
    public ReadOnlySpan<byte> Remainder => _isOverlong ? default : _buffer.AsSpan(_start.._end);

    /// <summary>The next line without its newline, valid until the next call; false when there is none (yet).</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        do
        {
            var length = _buffer.AsSpan(_searched.._end).IndexOf((byte)'\n');
            if (length < 0)
            {
                _searched = _end;
                continue;
            }

            var end = _searched + length;
            line = _isOverlong ? default : _buffer.AsSpan(_start..end);
            _isOverlong = false;
            _start = _searched = end + 1;
            Count++;
            return true;
        }
        while (Fill());

        line = default;
        return false;
    }

    private bool Fill()
    {
        if (_end - _start > MaxLine)
        {
            _isOverlong = true;
            _start = _searched = _end;
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            _bufferOffset += _start;
            (_end, _searched, _start) = (_end - _start, _searched - _start, 0);
        }

        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
