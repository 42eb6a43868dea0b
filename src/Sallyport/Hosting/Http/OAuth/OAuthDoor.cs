using System.Text;
using Sallyport.Configuration;
using Sallyport.Configuration.Sections;
using Sallyport.Core;
using Sallyport.Core.Http;
using Sallyport.Gateway.Identity.OAuth;

namespace Sallyport.Hosting.Http.OAuth;

/// <summary>Lets callers in with access tokens of the operator's OAuth server, and tells clients where that is.</summary>
internal sealed class OAuthDoor : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly UpstreamHttp _http;
    private readonly SigningKeys _keys;

    private OAuthDoor(OAuthSettings settings, GatewayParts gateway, bool allowLoopback)
    {
        var claims = new ClaimRules(
            Rules(settings), role => gateway.Authorizer.Knows(role), tenant => gateway.Tenants.Tenants.Any(known => known.Id == tenant), gateway.Time);
        var introspection = settings.Introspection;
        _http = new UpstreamHttp(
            new UpstreamHttpOptions
            {
                Name = "The sign-in server",
                // Often inside the network, never at a metadata service.
                Addresses = allowLoopback ? AddressRule.Any : AddressRule.PublicOrPrivate,
                AttemptTimeout = Patience,
                MaxRetries = 1,
                MaxResponseBytes = 1 << 20,
                Headers = introspection is null ? [] : [new("Authorization", Basic(introspection))],
            },
            new UpstreamContext("(sign-in)", gateway.Time, gateway.Logs, "", allowLoopback));
        _keys = new SigningKeys(new IssuerKeys(_http, settings.Issuer, settings.KeysEndpoint, allowLoopback).FetchAsync, gateway.Time);
        Tokens = introspection is null ? new SignedTokens(claims, _keys) : new IntrospectedTokens(claims, _http, new Uri(introspection.Endpoint), gateway.Time);
        Resource = new ProtectedResource(new Uri(settings.PublicAddress()), settings.Issuer, claims.Rules.Scopes);
    }

    public ITokenCheck Tokens { get; }

    public ProtectedResource Resource { get; }

    /// <summary>Null where the operator names no OAuth server.</summary>
    public static OAuthDoor? Of(SallyportSettings settings, GatewayParts gateway)
        => settings.Oauth is { } oauth ? new OAuthDoor(oauth, gateway, settings.AllowLoopbackUpstream) : null;

    public void Dispose()
    {
        _keys.Dispose();
        _http.Dispose();
    }

    private static OAuthRules Rules(OAuthSettings settings) => new(settings.Issuer, settings.Audience)
    {
        Algorithms = settings.Algorithms ?? OAuthRules.EveryAlgorithm,
        RoleClaim = settings.RoleClaim,
        Roles = [.. (settings.Roles ?? []).Select(role => (role.Value, role.Role))],
        Scopes = settings.Scopes ?? [],
        TenantsClaim = settings.TenantsClaim,
    };

    /// <summary>Id and secret are form-encoded before they are joined (RFC 6749 §2.3.1).</summary>
    private static Secret Basic(IntrospectionSettings settings)
        => new($"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Uri.EscapeDataString(settings.ClientId)}:{Uri.EscapeDataString(settings.ClientSecret.Reveal())}"))}");
}
