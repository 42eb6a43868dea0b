namespace Sallyport.Core;

/// <summary>Why a platform did not answer as asked. Metrics, audit and the caller's message all use these words.</summary>
public enum UpstreamFailure
{
    /// <summary>Our credentials were refused, or no token could be had.</summary>
    Auth,

    /// <summary>The credentials are known but may not do this.</summary>
    Forbidden,

    NotFound,

    /// <summary>The platform understood the request and refused its content (HTTP 400 or 422).</summary>
    Rejected,

    /// <summary>The object is in a state that does not allow this, or exists already.</summary>
    Conflict,

    Throttled,

    Timeout,

    /// <summary>No connection, or the platform answered that it cannot serve now.</summary>
    Unavailable,

    /// <summary>An answer that is not what the platform documents: HTML, truncated JSON, a redirect.</summary>
    InvalidResponse,

    TooLarge,

    /// <summary>A write was sent and no answer came: it may or may not have happened.</summary>
    OutcomeUnknown,
}
