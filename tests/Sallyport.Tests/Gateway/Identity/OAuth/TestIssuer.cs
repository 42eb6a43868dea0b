using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Gateway.Identity.OAuth;

namespace Sallyport.Tests.Gateway.Identity.OAuth;

/// <summary>An OAuth server's keys and pen: signs whatever a test wants, well or badly.</summary>
internal sealed class TestIssuer : IDisposable
{
    public const string Name = "https://login.test/realm";
    public const string Audience = "https://gate.test/mcp";

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public FakeClock Clock { get; } = new();

    public OAuthRules Rules { get; set; } = new(Name, Audience);

    public int Fetches { get; private set; }

    /// <summary>The keys the server lists now.</summary>
    public Func<string> KeySet { get; set; } = () => "";

    public bool IsDown { get; set; }

    public TestIssuer() => KeySet = () => $$"""[{{RsaJwk("r1")}},{{CurveJwk("e1")}}]""";

    public SignedTokens Tokens() => new(Claims(), new SigningKeys(FetchAsync, Clock));

    public ClaimRules Claims() => new(Rules, role => role is "reader" or "writer" or "triage", tenant => tenant is "contoso" or "fabrikam", Clock);

    public async Task<TokenVerdict> CheckAsync(string token) => await Tokens().CheckAsync(token, CancellationToken.None);

    public JsonObject Good() => new()
    {
        ["iss"] = Name,
        ["aud"] = Audience,
        ["sub"] = "alice",
        ["roles"] = new JsonArray("reader"),
        ["exp"] = Clock.GetUtcNow().ToUnixTimeSeconds() + 300,
        ["iat"] = Clock.GetUtcNow().ToUnixTimeSeconds(),
    };

    public string Sign(JsonObject claims, string header = """{"alg":"RS256","kid":"r1","typ":"at+jwt"}""") => Sign(claims.ToJsonString(), header);

    /// <summary>Signed with the algorithm that the header names, as far as we can; with nothing otherwise.</summary>
    public string Sign(string claims, string header)
    {
        var content = $"{Encode(Encoding.UTF8.GetBytes(header))}.{Encode(Encoding.UTF8.GetBytes(claims))}";
        var bytes = Encoding.ASCII.GetBytes(content);
        var signature = Algorithm(header) switch
        {
            "RS256" => _rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            "RS512" => _rsa.SignData(bytes, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
            "PS256" => _rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            "ES256" => _curve.SignData(bytes, HashAlgorithmName.SHA256),
            // The confusion attack: the public key, which everybody has, taken for a shared secret.
            "HS256" => HMACSHA256.HashData(Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem()), bytes),
            _ => [],
        };
        return $"{content}.{Encode(signature)}";
    }

    public string RsaJwk(string id, string more = "")
    {
        var key = _rsa.ExportParameters(false);
        return $$"""{"kty":"RSA","kid":"{{id}}","n":"{{Encode(key.Modulus!)}}","e":"{{Encode(key.Exponent!)}}"{{more}}}""";
    }

    public string CurveJwk(string id)
    {
        var key = _curve.ExportParameters(false);
        return $$"""{"kty":"EC","crv":"P-256","kid":"{{id}}","x":"{{Encode(key.Q.X!)}}","y":"{{Encode(key.Q.Y!)}}"}""";
    }

    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    public void Dispose()
    {
        _rsa.Dispose();
        _curve.Dispose();
    }

    public Task<IReadOnlyList<SigningKey>> FetchAsync(CancellationToken cancellationToken)
    {
        Fetches++;
        if (IsDown)
            throw new Sallyport.Core.UpstreamException(Sallyport.Core.UpstreamFailure.Unavailable, "down");
        using var keys = JsonDocument.Parse(KeySet());
        return Task.FromResult<IReadOnlyList<SigningKey>>([.. keys.RootElement.EnumerateArray().Select(SigningKey.Read).OfType<SigningKey>()]);
    }

    private static string? Algorithm(string header)
    {
        using var parsed = JsonDocument.Parse(header);
        return parsed.RootElement.ValueKind == JsonValueKind.Object && parsed.RootElement.TryGetProperty("alg", out var name) && name.ValueKind == JsonValueKind.String && !header.Contains("\\u", StringComparison.Ordinal) ? name.GetString() : null;
    }
}
