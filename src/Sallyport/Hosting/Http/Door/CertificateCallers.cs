using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Gateway.Identity;

namespace Sallyport.Hosting.Http.Door;

/// <summary>
/// Callers who prove themselves with a client certificate. TLS has checked that it comes from an authority of the
/// operator's; here it is only looked up: <c>sha256:</c> of the certificate, <c>subject:</c>, or <c>san:</c> of any kind.
/// </summary>
internal sealed class CertificateCallers(IReadOnlyDictionary<string, Caller> callers)
{
    public const string Form = @"^(sha256:[0-9a-f]{64}|subject:.{1,256}|san:[!-~]{1,256})$";

    private const string AlternativeNames = "2.5.29.17";

    /// <summary>Null when the certificate is nobody's, and when different names in it are different callers'.</summary>
    public Caller? Find(X509Certificate2 certificate)
        => NamesOf(certificate).Select(callers.GetValueOrDefault).OfType<Caller>().Distinct().Take(2).ToList() is [var only] ? only : null;

    private static IEnumerable<string> NamesOf(X509Certificate2 certificate)
    {
        yield return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(certificate.RawData))}";
        yield return $"subject:{certificate.Subject}";
        foreach (var extension in certificate.Extensions.Where(extension => extension.Oid?.Value == AlternativeNames))
        {
            foreach (var name in AlternativeNamesIn(extension.RawData))
                yield return $"san:{name}";
        }
    }

    /// <summary>Mail addresses, DNS names and URIs (RFC 5280 §4.2.1.6); the framework gives DNS names only, and SPIFFE ids are URIs.</summary>
    private static List<string> AlternativeNamesIn(byte[] extension)
    {
        List<string> names = [];
        var sequence = new AsnReader(extension, AsnEncodingRules.DER).ReadSequence();
        while (sequence.HasData)
        {
            var tag = sequence.PeekTag();
            if (tag is { TagClass: TagClass.ContextSpecific, TagValue: 1 or 2 or 6 })
                names.Add(sequence.ReadCharacterString(UniversalTagNumber.IA5String, tag));
            else
                sequence.ReadEncodedValue();
        }

        return names;
    }
}
