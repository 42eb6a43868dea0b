namespace Sallyport.Core.Http;

/// <summary>After which failures a request may be sent once more.</summary>
public enum UpstreamRetry
{
    /// <summary>Nothing changes by asking twice: connection faults, timeouts, 429 and 5xx.</summary>
    Reads,

    /// <summary>Only when the platform cannot have acted: no connection was made, or it answered 429 or 503.</summary>
    IfNotExecuted,

    /// <summary>As <see cref="IfNotExecuted"/>, for questions: nothing changes, but each run costs and the first may still be running.</summary>
    CostlyReads,

    Never,
}
