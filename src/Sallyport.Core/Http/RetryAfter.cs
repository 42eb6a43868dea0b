namespace Sallyport.Core.Http;

/// <summary>Reads the Retry-After header: seconds or an HTTP date.</summary>
public static class RetryAfter
{
    /// <summary>How long the platform asks us to wait, or null when it does not say or says nonsense.</summary>
    public static TimeSpan? Read(HttpResponseMessage message, TimeProvider time)
    {
        var header = message.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - time.GetUtcNow());
        // A date in the past says nothing about when to come back.
        return wait is { } said && said >= TimeSpan.Zero ? said : null;
    }
}
