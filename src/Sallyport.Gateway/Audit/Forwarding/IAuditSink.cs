namespace Sallyport.Gateway.Audit.Forwarding;

/// <summary>A receiver of audit records outside the gate.</summary>
public interface IAuditSink : IAsyncDisposable
{
    /// <summary>
    /// How long what was sent may still be lost with the connection, because the receiver confirms nothing; those records
    /// are sent again when the connection breaks within that time. Zero when sending is delivering.
    /// </summary>
    TimeSpan Doubt { get; }

    /// <summary>The connection over which records were sent last has not broken since.</summary>
    bool IsConnected { get; }

    /// <summary>Larger records cannot be sent at all.</summary>
    int MaxRecordBytes { get; }

    /// <summary>Sends all of them, in order.</summary>
    /// <exception cref="SinkException">Not all were sent; the same may be sent again.</exception>
    Task SendAsync(IReadOnlyList<AuditLine> records, CancellationToken cancellationToken);

    /// <summary>Ends the connection in order; true when the receiver has read everything that was sent.</summary>
    Task<bool> FinishAsync(CancellationToken cancellationToken);
}

/// <summary>Says why records could not be sent, in words that are safe to log and show.</summary>
public sealed class SinkException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>How long the receiver asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The receiver says no, rather than not now: these records are passed over.</summary>
    public bool IsRejected { get; init; }

    /// <summary>What it says no to is the token or the address, which an operator can put right. Where no record may be passed over, they wait for that.</summary>
    public bool IsMendable { get; init; }
}
