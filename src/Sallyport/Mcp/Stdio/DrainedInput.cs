using Sallyport.Core;

namespace Sallyport.Mcp.Stdio;

/// <summary>
/// What the client writes, with the end of it held back until every message before it has been answered: the protocol
/// library stops writing answers as soon as it sees the end.
/// </summary>
internal sealed class DrainedInput(Stream input, TimeSpan grace, TimeProvider time, CancellationToken stopping) : AsyncReadStream
{
    /// <summary>Lines that are not messages are never handled; after this long with nothing running they are not waited for.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    private int _lines;
    private int _running;
    private int _handled;
    private bool _isInLine;
    private bool _isAtEnd;

    /// <summary>Marks one message as being handled until disposed.</summary>
    public IDisposable Begin()
    {
        Interlocked.Increment(ref _running);
        return new Handling(this);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = _isAtEnd ? 0 : await ReadOrStopAsync(buffer, cancellationToken);
        if (read > 0)
        {
            Count(buffer.Span[..read]);
            return read;
        }

        _isAtEnd = true;
        if (_isInLine && !buffer.IsEmpty)
        {
            // A last line without its end would only be seen when it is too late to answer it.
            buffer.Span[0] = (byte)'\n';
            Count(buffer.Span[..1]);
            return 1;
        }

        await DrainAsync();
        return 0;
    }

    /// <summary>A read of a terminal or pipe cannot be cancelled, so it is left behind when we stop.</summary>
    private async Task<int> ReadOrStopAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (stopping.IsCancellationRequested)
            return 0;
        var read = input.ReadAsync(buffer, cancellationToken).AsTask();
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stopping.Register(stopped.SetResult);
        return await Task.WhenAny(read, stopped.Task) == read ? await read : 0;
    }

    private void Count(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (value == (byte)'\n')
            {
                if (_isInLine)
                    Interlocked.Increment(ref _lines);
                _isInLine = false;
            }
            else
            {
                _isInLine |= value is not ((byte)' ' or (byte)'\r' or (byte)'\t');
            }
        }
    }

    private async Task DrainAsync()
    {
        var since = time.GetTimestamp();
        while (Volatile.Read(ref _handled) < _lines && time.GetElapsedTime(since) < grace)
        {
            if (Volatile.Read(ref _running) == 0 && time.GetElapsedTime(since) > Settle)
                return;
            await Task.Delay(Look, time, CancellationToken.None);
        }
    }

    private void End()
    {
        Interlocked.Decrement(ref _running);
        Interlocked.Increment(ref _handled);
    }

    /// <summary>One message on its way.</summary>
    private sealed class Handling(DrainedInput owner) : IDisposable
    {
        public void Dispose() => owner.End();
    }
}
