using System.Net;

namespace Sallyport.Core.Http;

/// <summary>How one tenant reaches one platform over HTTP.</summary>
public sealed record UpstreamHttpOptions
{
    /// <summary>The platform's name as it appears in messages, for example <c>Vectra</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Which form of the platform it is, where a platform has several; logs name it.</summary>
    public string? Deployment { get; init; }

    /// <summary>The header by which the platform's support finds a request again, where logs may hold it.</summary>
    public string? RequestIdHeader { get; init; }

    /// <summary>Told of every request that is sent again, in place of the line in the log that other platforms have.</summary>
    public Action<UpstreamRepeat>? OnRepeat { get; init; }

    /// <summary>Where bearer tokens come from; null sends none.</summary>
    public AccessTokenCache? Tokens { get; init; }

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From sending one attempt to the last byte of its answer.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public int MaxConnections { get; init; } = 10;

    /// <summary>Bytes of one answer that are read before the call fails with <see cref="UpstreamFailure.TooLarge"/>.</summary>
    public long MaxResponseBytes { get; init; } = 50L << 20;

    /// <summary>How fast requests may be sent; null sends them at once.</summary>
    public Pace? Pace { get; init; }

    /// <summary>Repeats of a request after the first attempt.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>Longest wait that a Retry-After header may ask for.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest sum of waits between attempts of one request.</summary>
    public TimeSpan MaxRetryTime { get; init; } = TimeSpan.FromSeconds(120);

    public AddressRule Addresses { get; init; } = AddressRule.Public;

    /// <summary>Asked once for each connection; what it answers is checked and dialled, and nothing else.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>An HTTP proxy on the way to the platform.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>PEM file of the only authorities to trust, for private ones; null trusts the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Off is a tenant's explicit choice, and is warned about at every start.</summary>
    public bool VerifyCertificate { get; init; } = true;

    /// <summary>Headers that every request carries, for example a service token of an access proxy.</summary>
    public IReadOnlyList<KeyValuePair<string, Secret>> Headers { get; init; } = [];
}
