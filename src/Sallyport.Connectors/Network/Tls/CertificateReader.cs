using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Core.Processes;

namespace Sallyport.Connectors.Network.Tls;

/// <summary>Writes certificates, and what is wrong with them, as data.</summary>
internal static class CertificateReader
{
    private const string AlternativeNames = "2.5.29.17";

    public static TlsCertificate Read(X509Certificate2 certificate, DateTimeOffset now)
    {
        var (algorithm, bits) = Key(certificate);
        return new TlsCertificate(
            CleanText.From(certificate.Subject), CleanText.From(certificate.Issuer), Names(certificate), certificate.NotBefore.ToUniversalTime(),
            certificate.NotAfter.ToUniversalTime(), (int)Math.Floor((certificate.NotAfter.ToUniversalTime() - now.UtcDateTime).TotalDays), certificate.SerialNumber,
            Convert.ToHexStringLower(SHA256.HashData(certificate.RawDataMemory.Span)), algorithm, bits,
            certificate.SignatureAlgorithm.FriendlyName ?? certificate.SignatureAlgorithm.Value ?? "unknown",
            certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData));
    }

    /// <summary>Why a client would not trust the server, in words.</summary>
    public static IEnumerable<string> Problems(X509Certificate2 certificate, X509ChainStatusFlags chain, bool nameMatches, DateTimeOffset now)
    {
        if (certificate.NotAfter.ToUniversalTime() < now.UtcDateTime) yield return "expired";
        if (certificate.NotBefore.ToUniversalTime() > now.UtcDateTime) yield return "not_yet_valid";
        if (!nameMatches) yield return "name_mismatch";
        if (chain.HasFlag(X509ChainStatusFlags.UntrustedRoot)) yield return "untrusted_root";
        if (chain.HasFlag(X509ChainStatusFlags.PartialChain)) yield return "incomplete_chain";
        if (chain.HasFlag(X509ChainStatusFlags.NotSignatureValid)) yield return "bad_signature";
        if (chain.HasFlag(X509ChainStatusFlags.HasWeakSignature)) yield return "weak_signature";
        if (chain.HasFlag(X509ChainStatusFlags.NotValidForUsage)) yield return "not_for_servers";
        if (Key(certificate) is ("RSA", < 2048) or ("ECDSA", < 224)) yield return "weak_key";
    }

    private static (string Algorithm, int? Bits) Key(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is not null) return ("RSA", rsa.KeySize);
        using var ecdsa = certificate.GetECDsaPublicKey();
        return ecdsa is not null ? ("ECDSA", ecdsa.KeySize) : (certificate.PublicKey.Oid.FriendlyName ?? certificate.PublicKey.Oid.Value ?? "unknown", null);
    }

    private static IReadOnlyList<string> Names(X509Certificate2 certificate)
    {
        var extension = certificate.Extensions.FirstOrDefault(extension => extension.Oid?.Value == AlternativeNames);
        if (extension is null) return [];
        try
        {
            var names = new X509SubjectAlternativeNameExtension(extension.RawData, extension.Critical);
            return [.. names.EnumerateDnsNames().Select(CleanText.From), .. names.EnumerateIPAddresses().Select(address => address.ToString())];
        }
        catch (CryptographicException)
        {
            // A malformed list of names names nobody.
            return [];
        }
    }
}
