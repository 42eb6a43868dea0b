namespace Sallyport.Mcp.Sessions;

/// <summary>Ends a stream on which nothing is asked or answered for too long, so that forgotten ones do not hold connections for ever.</summary>
internal sealed class IdleLimit(TimeSpan after, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _over = new(after, time);

    /// <summary>Cancelled when nothing has happened for too long.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>Something happened: the wait begins anew.</summary>
    public void Touch()
    {
        try
        {
            _over.CancelAfter(after);
        }
        catch (ObjectDisposedException)
        {
            // The stream has ended meanwhile.
        }
    }

    public void Dispose() => _over.Dispose();
}
