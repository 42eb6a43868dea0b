using System.Buffers;
using Sallyport.Gateway.Shaping.Text;
using Sallyport.Gateway.Shaping.Writing;

namespace Sallyport.Gateway.Shaping.Reading;

/// <summary>
/// The part of a platform's answer that is being read: a rented buffer that grows to the longest token worth reading and
/// no further. A string beyond that is cut while it arrives.
/// </summary>
internal sealed class SourceWindow(Stream source, TextLimits limits) : IDisposable
{
    private const int FirstSize = 16 * 1024;

    // Less is not worth a pass of the reader, which starts an unfinished token again every time.
    private const int LeastRead = 4 * 1024;

    private readonly int _mostSize = Math.Max(FirstSize, limits.MostRawBytes + LeastRead);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int _start;
    private int _end;

    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Whether the source has ended, so that <see cref="Unread"/> is all there is.</summary>
    public bool IsFinal { get; private set; }

    public long SourceBytes { get; private set; }

    public static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    /// <summary>Reads on behind what is unread.</summary>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        var isFirst = SourceBytes == 0;
        MakeRoom();
        var space = Math.Min(_buffer.Length, _mostSize) - _end;
        if (space > 0)
            IsFinal = await ReadAsync(space, cancellationToken) < Math.Min(LeastRead, space);
        if (isFirst)
            _start = _end - WithoutByteOrderMark(Unread).Length;
    }

    /// <summary>Gives up the bytes that were used. When a full window was of no use, what is in its way is cut.</summary>
    public async ValueTask ConsumeAsync(int count, CancellationToken cancellationToken)
    {
        _start += count;
        if (count > 0 || IsFinal || _end - _start < _mostSize)
            return;
        var kept = StuckToken.DropBlanks(_buffer.AsSpan(_start, _end - _start));
        if (_start + kept < _end)
            _end = _start + kept;
        else
            await CutStringAsync(cancellationToken);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    // Keeps as much of the string as can matter and passes over the rest; the reader then finds a shorter string.
    private async ValueTask CutStringAsync(CancellationToken cancellationToken)
    {
        var content = _start + StuckToken.ContentStart(Unread);
        var kept = content + RawText.Boundary(_buffer.AsSpan(content.._end), isEscaped: true, limits.KeptRawBytes);
        var skipped = new SkippedText();
        var from = kept;
        int closing;
        while ((closing = skipped.Skip(_buffer.AsSpan(from.._end))) < 0)
        {
            from = _end = kept + TextLimits.SuffixRoom;
            if (await ReadAsync(_buffer.Length - _end, cancellationToken) > 0)
                continue;
            // The answer ends within the string: what is left is not JSON, and the reader will say so.
            _end = kept;
            return;
        }

        using var suffix = new PooledBuffer();
        TextCut.AddSuffix(suffix, skipped.Characters);
        suffix.Written.CopyTo(_buffer.AsSpan(kept));
        kept += suffix.Length;
        var rest = _buffer.AsSpan((from + closing).._end);
        rest.CopyTo(_buffer.AsSpan(kept));
        _end = kept + rest.Length;
    }

    private void MakeRoom()
    {
        var unread = Unread;
        if (unread.Length > _buffer.Length / 2 && _buffer.Length < _mostSize)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Min(_buffer.Length * 2, _mostSize));
            unread.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        else if (_start > 0)
        {
            unread.CopyTo(_buffer);
        }

        (_start, _end) = (0, unread.Length);
    }

    private async ValueTask<int> ReadAsync(int space, CancellationToken cancellationToken)
    {
        var read = await source.ReadAtLeastAsync(_buffer.AsMemory(_end, space), Math.Min(LeastRead, space), throwOnEndOfStream: false, cancellationToken);
        _end += read;
        SourceBytes += read;
        return read;
    }
}
