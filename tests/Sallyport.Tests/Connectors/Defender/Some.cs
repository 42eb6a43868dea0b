using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Connectors.Defender;
using Sallyport.Core;

namespace Sallyport.Tests.Connectors.Defender;

/// <summary>Valid objects of the Defender connector.</summary>
internal static class Some
{
    public const string DirectoryId = "11111111-2222-4333-8444-555555555555";
    public const string ClientId = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";

    public static DefenderSettings Settings(string apiBase = "https://graph.microsoft.com", string authority = "https://login.microsoftonline.com")
        => new(DirectoryId, ClientId, ClientSecret: new Secret("a-secret-of-nobody"), ApiBase: apiBase, AuthorityHost: authority);

    /// <summary>A certificate with its key, good from yesterday for a year unless told otherwise.</summary>
    public static X509Certificate2 Certificate(int bits = 2048, int daysLeft = 365)
    {
        using var key = RSA.Create(bits);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=sallyport", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(Math.Min(-1, daysLeft - 1)), now.AddDays(daysLeft));
    }
}
