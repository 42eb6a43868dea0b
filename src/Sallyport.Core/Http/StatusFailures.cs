using System.Net;

namespace Sallyport.Core.Http;

/// <summary>What each HTTP status means to a caller, in our words.</summary>
public static class StatusFailures
{
    public static UpstreamException ToException(string platform, HttpStatusCode status, TimeSpan? retryAfter = null)
    {
        var (failure, text, hint) = (int)status switch
        {
            400 or 422 => (UpstreamFailure.Rejected, "refused the request's content", "Check the arguments against the tool's description."),
            401 => (UpstreamFailure.Auth, "refused our credentials", "Ask the operator to check this tenant's credentials."),
            403 => (UpstreamFailure.Forbidden, "does not let this account do that", "Ask the operator which permission the account lacks."),
            404 => (UpstreamFailure.NotFound, "knows no such object", "Check the id with the matching list tool."),
            409 => (UpstreamFailure.Conflict, "says the object is in a state that does not allow this", "Read the object again, then decide."),
            413 => (UpstreamFailure.TooLarge, "says the request is too large", null),
            429 => (UpstreamFailure.Throttled, "is throttling us; retries were used up", "Wait, then ask for less at a time."),
            408 or 504 => (UpstreamFailure.Timeout, "did not answer in time", "Try a narrower question."),
            >= 300 and < 400 => (UpstreamFailure.InvalidResponse, "redirected the request, which is refused", null),
            >= 500 => (UpstreamFailure.Unavailable, "failed on its side", "Try again shortly."),
            _ => (UpstreamFailure.InvalidResponse, "answered in an undocumented way", (string?)null),
        };
        return new UpstreamException(failure, $"{platform} {text} (HTTP {(int)status}).") { RetryAfter = retryAfter, Hint = hint };
    }
}
