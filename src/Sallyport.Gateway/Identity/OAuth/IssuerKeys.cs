using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sallyport.Core;
using Sallyport.Core.Http;

namespace Sallyport.Gateway.Identity.OAuth;

/// <summary>Fetches an OAuth server's keys, by the address in its discovery document unless the operator gave one.</summary>
public sealed class IssuerKeys(UpstreamHttp http, string issuer, string? keysEndpoint, bool allowLoopback)
{
    private const int MostKeys = 100;

    public async Task<IReadOnlyList<SigningKey>> FetchAsync(CancellationToken cancellationToken)
    {
        var address = keysEndpoint is null ? await DiscoverAsync(cancellationToken) : new Uri(keysEndpoint);
        await using var answer = await http.SendAsync(UpstreamRequest.Get(address) with { Accept = "application/jwk-set+json, application/json" }, cancellationToken);
        answer.ThrowIfFailed();
        var set = await answer.ReadAsync(OAuthJson.Default.KeySet, cancellationToken);
        return [.. set.Keys.Take(MostKeys).Select(SigningKey.Read).OfType<SigningKey>()];
    }

    /// <summary>HTTPS, or a developer's plain HTTP to this machine.</summary>
    public static bool IsSecure(Uri address, bool allowLoopback)
        => address.Scheme == Uri.UriSchemeHttps || (allowLoopback && address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    /// <summary>OpenID Connect puts its document behind the issuer's path, RFC 8414 in front of it.</summary>
    private async Task<Uri> DiscoverAsync(CancellationToken cancellationToken)
    {
        var at = new Uri(issuer);
        var origin = at.GetLeftPart(UriPartial.Authority);
        var path = at.AbsolutePath.TrimEnd('/');
        var document = await ReadAsync($"{origin}{path}/.well-known/openid-configuration", cancellationToken)
            ?? await ReadAsync($"{origin}/.well-known/oauth-authorization-server{path}", cancellationToken);
        if (document is null || document.Issuer != issuer || !Uri.TryCreate(document.JwksUri, UriKind.Absolute, out var keys) || !IsSecure(keys, allowLoopback))
            throw new UpstreamException(UpstreamFailure.InvalidResponse, "The sign-in server's discovery document is not the configured issuer's, or names no https address for its keys.");
        return keys;
    }

    private async Task<DiscoveryDocument?> ReadAsync(string address, CancellationToken cancellationToken)
    {
        await using var answer = await http.SendAsync(UpstreamRequest.Get(new Uri(address)), cancellationToken);
        if (answer.Status == HttpStatusCode.NotFound)
            return null;
        answer.ThrowIfFailed();
        return await answer.ReadAsync(OAuthJson.Default.DiscoveryDocument, cancellationToken);
    }
}

/// <summary>What an OAuth server says about itself, as far as it matters here.</summary>
internal sealed record DiscoveryDocument(string Issuer, string? JwksUri = null);

/// <summary>Public keys as an OAuth server lists them.</summary>
internal sealed record KeySet(IReadOnlyList<JsonElement> Keys);

/// <summary>Reads what OAuth servers answer.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(DiscoveryDocument))]
[JsonSerializable(typeof(KeySet))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class OAuthJson : JsonSerializerContext;
