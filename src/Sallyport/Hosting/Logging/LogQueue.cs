using System.Buffers;

namespace Sallyport.Hosting.Logging;

/// <summary>
/// Writes lines behind the callers' backs, several at a time, so that no call waits for a slow reader of standard error. When
/// too many wait the newest are dropped, and how many is said once there is room.
/// </summary>
internal sealed class LogQueue : IDisposable
{
    private const int MostWaiting = 8_192;

    /// <summary>What a burst needed is given back, what every moment needs is kept.</summary>
    private const int MostKept = 1 << 20;

    /// <summary>How long lines gather before they are written: waking a thread costs more than a line.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _some = new(0);
    private readonly WriteLines _write;
    private readonly TellDropped _tellDropped;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _writing;
    private ArrayBufferWriter<char> _waiting = new();
    private ArrayBufferWriter<char> _written = new();
    private int _lines;
    private long _dropped;

    /// <param name="write">Writes some whole lines.</param>
    /// <param name="tellDropped">The line that says how many were dropped.</param>
    public LogQueue(WriteLines write, TellDropped tellDropped, TimeProvider time)
    {
        (_write, _tellDropped, _time) = (write, tellDropped, time);
        _writing = Task.Run(WriteAsync);
    }

    public void Add(ReadOnlySpan<char> line)
    {
        lock (_lock)
        {
            if (_lines == MostWaiting)
            {
                _dropped++;
                return;
            }

            Append(_waiting, line);
            if (_lines++ > 0)
                return;
        }

        _some.Release();
    }

    /// <summary>Writes what still waits.</summary>
    public void Dispose()
    {
        _ending.Cancel();
        _some.Release();
        if (!_writing.Wait(LongestFarewell))
            return;
        _ending.Dispose();
        _some.Dispose();
    }

    private async Task WriteAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            await _some.WaitAsync();
            await Task.Delay(Gathering, _time, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Write();
        }

        Write();
    }

    private void Write()
    {
        var lines = Take();
        try
        {
            if (lines.WrittenCount > 0)
                _write(lines.WrittenSpan);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // Nobody reads any more; the gate goes on.
        }
    }

    private ArrayBufferWriter<char> Take()
    {
        lock (_lock)
        {
            var taken = _waiting;
            _waiting = _written.Capacity > MostKept ? new() : _written;
            _waiting.ResetWrittenCount();
            if (_dropped > 0)
                Append(taken, _tellDropped(_dropped));
            (_written, _lines, _dropped) = (taken, 0, 0);
            return taken;
        }
    }

    private static void Append(ArrayBufferWriter<char> lines, ReadOnlySpan<char> line)
    {
        lines.Write(line);
        lines.Write("\n");
    }
}

/// <summary>Writes some whole lines, which are gone when it returns.</summary>
internal delegate void WriteLines(ReadOnlySpan<char> lines);

/// <summary>The line that says how many were dropped.</summary>
internal delegate ReadOnlySpan<char> TellDropped(long dropped);
