namespace Sallyport.Core.Http;

/// <summary>Turns what the network throws into what a caller can use.</summary>
internal static class Faults
{
    public static UpstreamException ToUpstream(string name, Exception exception, bool timedOut) => exception switch
    {
        HttpRequestException { InnerException: UpstreamException refused } => refused,
        _ when timedOut => new UpstreamException(UpstreamFailure.Timeout, $"{name} did not answer in time.", exception) { Hint = "Try a narrower question." },
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
            new UpstreamException(UpstreamFailure.Unavailable, $"{name}'s host name cannot be resolved.", exception),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            new UpstreamException(UpstreamFailure.Unavailable, $"{name}'s certificate is not trusted, or TLS failed.", exception),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
            new UpstreamException(UpstreamFailure.Unavailable, $"{name} cannot be reached.", exception),
        OperationCanceledException => new UpstreamException(UpstreamFailure.Unavailable, $"{name} cannot be reached: connecting took too long.", exception),
        _ => new UpstreamException(UpstreamFailure.Unavailable, $"{name} closed the connection before it answered.", exception),
    };

    /// <summary>True when the fault came before any byte of the request can have been acted upon.</summary>
    public static bool WasNeverSent(UpstreamException fault) => fault.InnerException switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ConnectionError } => true,
        null => fault.Failure == UpstreamFailure.Unavailable,
        _ => false,
    };
}
