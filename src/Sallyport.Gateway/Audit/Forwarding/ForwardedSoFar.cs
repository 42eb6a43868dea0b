using Sallyport.Gateway.Audit.Files;

namespace Sallyport.Gateway.Audit.Forwarding;

/// <summary>How far one receiver got: what was sent, and of that what can no longer be lost with the connection.</summary>
internal sealed class ForwardedSoFar(IAuditSink sink, ForwarderParts parts, TrailPlace? place, long waiting)
{
    private readonly Queue<(TrailPlace? Place, long Bytes, long At)> _inDoubt = [];
    private readonly long _writtenBefore = parts.Written();
    private long _settledBytes;

    public TrailPlace? Sent { get; private set; } = place;

    public TrailPlace? Settled { get; private set; } = place;

    public long WaitingBytes => Math.Max(0, waiting + parts.Written() - _writtenBefore - Interlocked.Read(ref _settledBytes));

    public void Send(TrailPlace? behind, long bytes)
    {
        Sent = behind;
        _inDoubt.Enqueue((behind, bytes, parts.Clock.GetTimestamp()));
    }

    /// <summary>Counts as arrived what was sent long enough ago over a connection that still stands.</summary>
    /// <exception cref="SinkException">The connection broke while records were in doubt.</exception>
    public void Settle()
    {
        while (_inDoubt.TryPeek(out var oldest))
        {
            if (sink.Doubt > TimeSpan.Zero)
            {
                if (!sink.IsConnected) throw new SinkException("closed the connection");
                if (parts.Clock.GetElapsedTime(oldest.At) < sink.Doubt) return;
            }

            SettleOne();
        }
    }

    public void SettleAll()
    {
        while (_inDoubt.Count > 0) SettleOne();
    }

    public void GoBack()
    {
        _inDoubt.Clear();
        Sent = Settled;
    }

    private void SettleOne()
    {
        var (behind, bytes, _) = _inDoubt.Dequeue();
        Settled = behind;
        Interlocked.Add(ref _settledBytes, bytes);
    }
}
