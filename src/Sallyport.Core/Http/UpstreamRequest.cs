namespace Sallyport.Core.Http;

/// <summary>One request to a platform. The body can be made again, because an attempt may be repeated.</summary>
public sealed record UpstreamRequest(HttpMethod Method, Uri Address)
{
    public Func<HttpContent>? Body { get; init; }

    public string Accept { get; init; } = "application/json";

    public UpstreamRetry Retry { get; init; } = UpstreamRetry.Never;

    /// <summary>The part of the platform that is asked, as logs name it; null lets them name the host.</summary>
    public string? Service { get; init; }

    /// <summary>In place of the client's own; null keeps that.</summary>
    public TimeSpan? AttemptTimeout { get; init; }

    /// <summary>Whether the client's bearer token goes on this request.</summary>
    public bool IsAuthenticated { get; init; } = true;

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public static UpstreamRequest Get(Uri address) => new(HttpMethod.Get, address) { Retry = UpstreamRetry.Reads };
}
