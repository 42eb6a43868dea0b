using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Sallyport.Simulator.Defender.Identity;

/// <summary>Checks an assertion that an application signed with its certificate, as the identity platform does.</summary>
internal static class ClientAssertion
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(15);

    /// <summary>Null when it is good and <paramref name="id"/> is its own; else the number of the platform's error.</summary>
    public static int? Check(string assertion, SimulatedTenant tenant, IReadOnlyCollection<string> audiences, DateTimeOffset now, out string? id)
    {
        id = null;
        try
        {
            var parts = assertion.Split('.');
            if (parts.Length != 3)
                return 50027;
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            if (!IsSigned(header.RootElement, parts, tenant))
                return 700027;
            id = claims.RootElement.GetProperty("jti").GetString();
            var (from, until) = (Time(claims.RootElement, "nbf"), Time(claims.RootElement, "exp"));
            if (now < from - Skew || now > until || until - from > LongestLife)
                return 700024;
            var isOurs = Text(claims.RootElement, "iss") == tenant.ClientId && Text(claims.RootElement, "sub") == tenant.ClientId
                && audiences.Contains(Text(claims.RootElement, "aud"));
            return isOurs ? null : 700023;
        }
        catch (Exception broken) when (broken is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return 50027;
        }
    }

    private static bool IsSigned(JsonElement header, string[] parts, SimulatedTenant tenant)
    {
        RSASignaturePadding? padding = Text(header, "alg") switch { "PS256" => RSASignaturePadding.Pss, "RS256" => RSASignaturePadding.Pkcs1, _ => null };
        var certificate = tenant.Certificates.FirstOrDefault(known => Names(header, known));
        if (padding is null || certificate is null)
            return false;
        using var key = certificate.GetRSAPublicKey()!;
        return key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, padding);
    }

    private static bool Names(JsonElement header, X509Certificate2 certificate)
        => (header.TryGetProperty("x5t#S256", out var sha256) && sha256.GetString() == Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA256)))
            || (header.TryGetProperty("x5t", out var sha1) && sha1.GetString() == Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA1)));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static DateTimeOffset Time(JsonElement claims, string name)
    {
        var value = claims.GetProperty(name);
        return DateTimeOffset.FromUnixTimeSeconds(value.ValueKind == JsonValueKind.String ? long.Parse(value.GetString()!, System.Globalization.CultureInfo.InvariantCulture) : value.GetInt64());
    }
}
