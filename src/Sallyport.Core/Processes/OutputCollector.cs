using System.Buffers;
using System.Runtime.ExceptionServices;

namespace Sallyport.Core.Processes;

/// <summary>Reads one output stream to its end: keeps the beginning up to a cap, counts the rest, and hands over lines as they come.</summary>
internal sealed class OutputCollector(int capBytes, Action<string>? onLine)
{
    /// <summary>Longest line handed over; what follows in the same line is dropped from the hand-over, not from the capture.</summary>
    private const int MaxLineBytes = 4096;

    private readonly ArrayBufferWriter<byte> _kept = new();
    private readonly ArrayBufferWriter<byte>? _line = onLine is null ? null : new ArrayBufferWriter<byte>();
    private long _total;
    private ExceptionDispatchInfo? _failure;

    public CapturedOutput Captured => new(CleanText.From(_kept.WrittenSpan, IsTruncated), _total, IsTruncated);

    private bool IsTruncated => _total > _kept.WrittenCount;

    public async Task ReadToEndAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
                Take(buffer.AsSpan(0, read));
        }
        catch (OperationCanceledException)
        {
            // A process outside the group holds the pipe open; what was read until now is the output.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            EndLine();
        }

        _failure?.Throw();
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        _total += bytes.Length;
        var room = capBytes - _kept.WrittenCount;
        if (room > 0) _kept.Write(bytes[..Math.Min(room, bytes.Length)]);
        if (_line is null) return;

        for (int end; (end = bytes.IndexOf((byte)'\n')) >= 0; bytes = bytes[(end + 1)..])
        {
            TakeLinePart(bytes[..end]);
            EndLine();
        }

        TakeLinePart(bytes);
    }

    private void TakeLinePart(ReadOnlySpan<byte> part)
    {
        var room = MaxLineBytes - _line!.WrittenCount;
        if (room > 0) _line.Write(part[..Math.Min(room, part.Length)]);
    }

    private void EndLine()
    {
        if (_line is not { WrittenCount: > 0 }) return;
        var line = CleanText.From(_line.WrittenSpan);
        _line.ResetWrittenCount();
        if (_failure is not null) return;
        try
        {
            onLine!(line);
        }
#pragma warning disable CA1031 // Whoever listens may fail; a pipe that nobody reads would stop the program as well.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _failure = ExceptionDispatchInfo.Capture(e);
        }
    }
}
