namespace Sallyport.Gateway.Identity.OAuth;

/// <summary>Which OAuth server's access tokens let somebody in, and what in them says who that is.</summary>
/// <param name="Issuer">Exactly as the tokens say it.</param>
/// <param name="Audience">What the tokens must be for: this gate and nothing else.</param>
public sealed record OAuthRules(string Issuer, string Audience)
{
    /// <summary>Every algorithm that a key only its owner holds can sign with. <c>none</c> and shared secrets are not among them.</summary>
    public static IReadOnlyList<string> EveryAlgorithm { get; } = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    public IReadOnlyList<string> Algorithms { get; init; } = EveryAlgorithm;

    /// <summary>The claim that names the role; <c>a.b</c> looks for b inside a where no claim has the whole name.</summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>What the claim's values mean, most important first; empty takes the values for names of roles.</summary>
    public IReadOnlyList<(string Value, string Role)> Roles { get; init; } = [];

    /// <summary>Scopes that every token must carry.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The claim that lists tenants; null grants all of them.</summary>
    public string? TenantsClaim { get; init; }
}
