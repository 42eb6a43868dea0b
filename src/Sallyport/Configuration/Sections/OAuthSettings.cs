using System.ComponentModel;
using Sallyport.Core;
using Sallyport.Core.Schemas;

namespace Sallyport.Configuration.Sections;

/// <summary>Which OAuth server's access tokens are accepted, and how a role is read from them.</summary>
internal sealed record OAuthSettings(
    [Description("The issuer, exactly as its tokens say it."), Format(TextFormat.Uri)] string Issuer,
    [Description("The audience tokens must be for: this gate's public address.")] string Audience,
    [Description("The gate's public address, where the audience is not one, e.g. https://gate.example.org/mcp."), Format(TextFormat.Uri)] string? Resource = null,
    [Description("Scopes that every token must carry.")] IReadOnlyList<string>? Scopes = null,
    [Description("The claim that names the role; scope reads the token's scopes, a.b looks inside a.")] string RoleClaim = "roles",
    [Description("What the claim's values mean, most important first; when left out they are names of roles.")] IReadOnlyList<ClaimedRoleSettings>? Roles = null,
    [Description("The claim that lists tenants; all of them when left out.")] string? TenantsClaim = null,
    [Description("Algorithms that tokens may be signed with; never none, never a shared secret.")] IReadOnlyList<string>? Algorithms = null,
    [Description("Where the signing keys are; found through the issuer when left out."), Format(TextFormat.Uri)] string? KeysEndpoint = null,
    [Description("Asks the OAuth server about each token in place of checking signatures here.")] IntrospectionSettings? Introspection = null)
{
    /// <summary>What tokens are for, as clients see it.</summary>
    public string PublicAddress() => Resource ?? Audience;
}

/// <summary>The role that a value of the role claim stands for.</summary>
internal sealed record ClaimedRoleSettings(
    [Description("A value of the role claim, a group or scope for example.")] string Value,
    [Description("reader, scanner, writer, approver, admin, or a role of yours.")] string Role);

/// <summary>Token introspection (RFC 7662).</summary>
internal sealed record IntrospectionSettings(
    [Description("HTTPS address of the introspection endpoint."), Format(TextFormat.Uri)] string Endpoint,
    [Description("Client id of this gate.")] string ClientId,
    [Description("Client secret of this gate.")] Secret ClientSecret);
