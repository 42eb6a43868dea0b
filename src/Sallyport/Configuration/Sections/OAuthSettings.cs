using System.ComponentModel;
using Sallyport.Core;
using Sallyport.Core.Schemas;

namespace Sallyport.Configuration.Sections;

/// <summary>Which OAuth server's access tokens are accepted, and how a role is read from them.</summary>
internal sealed record OAuthSettings(
    [Description("The issuer, exactly as its tokens say it."), Format(TextFormat.Uri)] string Issuer,
    [Description("The audience tokens must be for: this gate's public address.")] string Audience,
    [Description("The claim that names the role.")] string RoleClaim = "roles",
    [Description("The claim that lists tenants; all of them when left out.")] string? TenantsClaim = null,
    [Description("Where the signing keys are; found through the issuer when left out."), Format(TextFormat.Uri)] string? KeysEndpoint = null,
    [Description("Asks the OAuth server about each token in place of checking signatures here.")] IntrospectionSettings? Introspection = null);

/// <summary>Token introspection (RFC 7662).</summary>
internal sealed record IntrospectionSettings(
    [Description("HTTPS address of the introspection endpoint."), Format(TextFormat.Uri)] string Endpoint,
    [Description("Client id of this gate.")] string ClientId,
    [Description("Client secret of this gate.")] Secret ClientSecret);
