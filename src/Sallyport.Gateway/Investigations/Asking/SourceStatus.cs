namespace Sallyport.Gateway.Investigations.Asking;

/// <summary>How one source answered. Only <see cref="Ok"/> and <see cref="Empty"/> are answers; nothing else may be read as clean.</summary>
public enum SourceStatus
{
    Ok,
    Empty,

    /// <summary>The caller may not read this platform.</summary>
    Denied,

    TimedOut,

    /// <summary>It failed so often that it is left alone for now.</summary>
    BreakerOpen,

    Failed,
}

/// <summary>What became of one question to one source.</summary>
/// <param name="Count">Items it answered with.</param>
/// <param name="Total">Items it says it has.</param>
/// <param name="Incomplete">Why there may be more.</param>
/// <param name="Code">The error code of a failure.</param>
/// <param name="RetryAfter">Seconds.</param>
/// <param name="CallId">The audited call.</param>
public sealed record SourceReport(
    string Source, string Asked, SourceStatus Status, int Count, long? Total, string? Incomplete, string? Code, string? Message, int? RetryAfter, TimeSpan Took, string CallId)
{
    public bool IsWhole => Status is SourceStatus.Ok or SourceStatus.Empty && Incomplete is null;

    public string Word => Status switch
    {
        SourceStatus.Ok => "ok",
        SourceStatus.Empty => "empty",
        SourceStatus.Denied => "denied",
        SourceStatus.TimedOut => "timed_out",
        SourceStatus.BreakerOpen => "breaker_open",
        _ => "failed",
    };
}

/// <summary>One item and the source that it is from.</summary>
/// <param name="Source">The platform's word, for example <c>vectra</c>.</param>
public sealed record Found<T>(string Source, T Item);
