using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Sallyport.Gateway.Identity.OAuth;

/// <summary>One public key of an OAuth server (RFC 7517). Shared secrets are never read, so a public key cannot be mistaken for one.</summary>
public sealed class SigningKey
{
    private const int ShortestRsaBytes = 2048 / 8;
    private const int LongestRsaBytes = 8192 / 8;

    private readonly string? _algorithm;
    private readonly RSAParameters? _rsa;
    private readonly (ECParameters Key, string Algorithm)? _curve;

    private SigningKey(JsonElement jwk, RSAParameters? rsa, (ECParameters Key, string Algorithm)? curve)
        => (Id, _algorithm, _rsa, _curve) = (Text(jwk, "kid"), Text(jwk, "alg"), rsa, curve);

    public string? Id { get; }

    /// <summary>Null for a key that is of no use here: another kind, another purpose, too short, or not well-formed.</summary>
    public static SigningKey? Read(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object || Text(jwk, "use") is not (null or "sig"))
            return null;
        switch (Text(jwk, "kty"))
        {
            case "RSA" when Bytes(jwk, "n") is { Length: >= ShortestRsaBytes and <= LongestRsaBytes } modulus && Bytes(jwk, "e") is { Length: > 0 } exponent:
                return new SigningKey(jwk, new RSAParameters { Modulus = modulus, Exponent = exponent }, null);
            case "EC" when CurveOf(Text(jwk, "crv")) is { } curve && Bytes(jwk, "x") is { } x && Bytes(jwk, "y") is { } y:
                return new SigningKey(jwk, null, (new ECParameters { Curve = curve.Curve, Q = new ECPoint { X = x, Y = y } }, curve.Algorithm));
            default:
                return null;
        }
    }

    /// <param name="algorithm">One that the operator allows; it must also be one of this key's.</param>
    public bool Verifies(string algorithm, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        if (_algorithm is not null && _algorithm != algorithm)
            return false;
        try
        {
            if (_curve is { } curve)
            {
                using var ec = ECDsa.Create(curve.Key);
                return curve.Algorithm == algorithm && ec.VerifyData(content, signature, HashOf(algorithm), DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            }

            using var rsa = RSA.Create(_rsa!.Value);
            return PaddingOf(algorithm) is { } padding && rsa.VerifyData(content, signature, HashOf(algorithm), padding);
        }
        catch (CryptographicException)
        {
            // A point that is not on its curve, or numbers that make no key.
            return false;
        }
    }

    private static RSASignaturePadding? PaddingOf(string algorithm) => algorithm[..2] switch
    {
        "RS" => RSASignaturePadding.Pkcs1,
        "PS" => RSASignaturePadding.Pss,
        _ => null,
    };

    private static HashAlgorithmName HashOf(string algorithm) => algorithm[2..] switch
    {
        "256" => HashAlgorithmName.SHA256,
        "384" => HashAlgorithmName.SHA384,
        _ => HashAlgorithmName.SHA512,
    };

    private static (ECCurve Curve, string Algorithm)? CurveOf(string? name) => name switch
    {
        "P-256" => (ECCurve.NamedCurves.nistP256, "ES256"),
        "P-384" => (ECCurve.NamedCurves.nistP384, "ES384"),
        "P-521" => (ECCurve.NamedCurves.nistP521, "ES512"),
        _ => null,
    };

    private static string? Text(JsonElement jwk, string name)
        => jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Bytes(JsonElement jwk, string name)
        => Text(jwk, name) is { } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
