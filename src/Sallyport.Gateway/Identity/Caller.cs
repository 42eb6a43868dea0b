using Sallyport.Gateway.Tenancy;

namespace Sallyport.Gateway.Identity;

/// <summary>Who asks: proven by the host before the pipeline sees the call.</summary>
/// <param name="Subject">The name that the audit, limits and approvals use.</param>
/// <param name="Role">Name of the caller's role.</param>
/// <param name="Tenants">Tenant ids granted; <c>*</c> grants all.</param>
/// <param name="Proof">How the identity was shown: <c>token</c>, <c>oauth</c>, <c>mtls</c>, <c>stdio</c>, <c>cli</c>.</param>
public sealed record Caller(string Subject, string Role, IReadOnlyList<string> Tenants, string Proof)
{
    /// <summary>What the client says it is. Never used to decide anything.</summary>
    public string? ClaimedClient { get; init; }

    /// <summary>The session the call came in, so that reads and writes of one conversation can be linked.</summary>
    public string? Session { get; init; }

    /// <summary>The account at a platform that this very request brought, never what an earlier one of its connection did; null uses what is configured.</summary>
    public RequestAccount? Account { get; init; }

    /// <summary>Who this is as far as it is proven: whoever brings a platform's account only claims its name until the platform has seen the password, so both count.</summary>
    public string Identity => Account is { } account ? $"{Subject}\n{account.Accepted.Key}" : Subject;

    public bool IsGranted(string tenant) => Tenants.Contains("*") || Tenants.Contains(tenant, StringComparer.Ordinal);
}
