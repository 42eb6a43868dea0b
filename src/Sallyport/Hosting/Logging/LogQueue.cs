using System.Text;
using System.Threading.Channels;

namespace Sallyport.Hosting.Logging;

/// <summary>
/// Writes lines behind the callers' backs, several at a time, so that no call waits for a slow reader of standard error. When
/// the queue is full the newest lines are dropped, and how many is said once there is room.
/// </summary>
internal sealed class LogQueue : IDisposable
{
    private const int MostWaiting = 8_192;
    private const int MostTogether = 64 * 1024;

    /// <summary>How long lines gather before they are written: waking a thread costs more than a line.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    private readonly Channel<string> _lines;
    private readonly Action<string> _write;
    private readonly Func<long, string> _tellDropped;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _writing;
    private long _dropped;

    /// <param name="write">Writes some whole lines.</param>
    /// <param name="tellDropped">The line that says how many were dropped.</param>
    public LogQueue(Action<string> write, Func<long, string> tellDropped, TimeProvider time)
    {
        (_write, _tellDropped, _time) = (write, tellDropped, time);
        _lines = Channel.CreateBounded<string>(
            new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite }, _ => Interlocked.Increment(ref _dropped));
        _writing = Task.Run(WriteAsync);
    }

    public void Add(string line) => _lines.Writer.TryWrite(line);

    /// <summary>Writes what still waits.</summary>
    public void Dispose()
    {
        _lines.Writer.TryComplete();
        _ending.Cancel();
        if (_writing.Wait(LongestFarewell))
            _ending.Dispose();
    }

    private async Task WriteAsync()
    {
        var together = new StringBuilder();
        while (await _lines.Reader.WaitToReadAsync())
        {
            await Task.Delay(Gathering, _time, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            together.Clear();
            while (together.Length < MostTogether && _lines.Reader.TryRead(out var line))
                together.Append(line).Append('\n');
            if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
                together.Append(_tellDropped(dropped)).Append('\n');
            try
            {
                _write(together.ToString());
            }
            catch (Exception gone) when (gone is IOException or ObjectDisposedException)
            {
                // Nobody reads any more; the gate goes on.
            }
        }
    }
}
