using System.Threading.Channels;

namespace Sallyport.Gateway.Events;

/// <summary>One who watches. Whoever reads so slowly that the queue fills is let go, and may come back and ask for what was missed.</summary>
public sealed class EventReader : IDisposable
{
    private const int MostWaiting = 256;

    private readonly Channel<GateEvent> _waiting = Channel.CreateBounded<GateEvent>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Action<EventReader> _leave;

    internal EventReader(Action<EventReader> leave) => _leave = leave;

    /// <summary>Ends when the reader was too slow.</summary>
    public ChannelReader<GateEvent> Events => _waiting.Reader;

    public void Dispose() => _leave(this);

    /// <summary>False when the queue is full: then nothing more comes.</summary>
    internal bool Offer(GateEvent happened)
    {
        if (_waiting.Writer.TryWrite(happened))
            return true;
        _waiting.Writer.TryComplete();
        return false;
    }
}
