using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Sallyport.Gateway.Identity.OAuth;

/// <summary>
/// Checks access tokens that are signed (RFC 7519, RFC 9068) with the OAuth server's own keys. The token says which key
/// and algorithm; whether they may be used is decided here, and nothing in it says where keys come from.
/// </summary>
public sealed class SignedTokens(ClaimRules claims, SigningKeys keys) : ITokenCheck
{
    private const int LongestToken = 16 * 1024;

    // One meaning only: a name that comes twice could be read one way here and another way elsewhere.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public async Task<TokenVerdict> CheckAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            return await JudgeAsync(token, cancellationToken);
        }
        catch (InvalidOperationException)
        {
            // An escape that is not Unicode, where text is due.
            return new TokenVerdict.Invalid("has text that is none");
        }
    }

    private async Task<TokenVerdict> JudgeAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length > LongestToken || token.Split('.') is not [var head, var body, var tail] || !IsEncoded(head) || !IsEncoded(body) || !IsEncoded(tail))
            return new TokenVerdict.Invalid("is not a signed token");
        using var header = Parse(head);
        if (header is null || Read(header.RootElement) is not { } named)
            return new TokenVerdict.Invalid("has a header that is not accepted");
        if (!claims.Rules.Algorithms.Contains(named.Algorithm, StringComparer.Ordinal))
            return new TokenVerdict.Invalid("is signed with an algorithm that is not accepted");
        if (await keys.FindAsync(named.Key, cancellationToken) is not { } candidates)
            return new TokenVerdict.Unavailable(keys.Problem ?? "The keys are too old.");
        var content = Encoding.ASCII.GetBytes(token, 0, head.Length + 1 + body.Length);
        var signature = Base64Url.DecodeFromChars(tail);
        if (!candidates.Any(key => key.Verifies(named.Algorithm, content, signature)))
            return new TokenVerdict.Invalid("is not signed by the issuer");
        using var payload = Parse(body);
        return payload is null ? new TokenVerdict.Invalid("has no claims") : claims.Judge(payload.RootElement, isSigned: true);
    }

    /// <summary>The algorithm and the key; null when the header asks for what is not done here.</summary>
    private static (string Algorithm, string? Key)? Read(JsonElement header)
    {
        if (header.ValueKind != JsonValueKind.Object || header.TryGetProperty("crit", out _) || !IsAccessToken(header))
            return null;
        if (!header.TryGetProperty("alg", out var algorithm) || algorithm.ValueKind != JsonValueKind.String)
            return null;
        if (!header.TryGetProperty("kid", out var key))
            return (algorithm.GetString()!, null);
        return key.ValueKind == JsonValueKind.String ? (algorithm.GetString()!, key.GetString()) : null;
    }

    /// <summary>Other signed statements of the same server, a logout token for example, are not access tokens.</summary>
    private static bool IsAccessToken(JsonElement header) => !header.TryGetProperty("typ", out var type)
        || (type.ValueKind == JsonValueKind.String && type.GetString()!.ToLowerInvariant() is "at+jwt" or "application/at+jwt" or "jwt");

    private static bool IsEncoded(string part)
        => part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && Base64Url.IsValid(part);

    private static JsonDocument? Parse(string part)
    {
        try
        {
            return JsonDocument.Parse(Base64Url.DecodeFromChars(part), Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
