using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.EndToEnd.Callers;

/// <summary>A certificate authority that issues whatever a test needs, with an intermediate between it and its servers.</summary>
internal sealed class TestAuthority : IDisposable
{
    public const string ServerUse = "1.3.6.1.5.5.7.3.1";
    public const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _intermediate;

    public TestAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Authority($"CN={name}", key);
        _root = request.CreateSelfSigned(Today.AddDays(-2), Today.AddDays(30));
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = Authority($"CN={name} intermediate", own).Create(_root, Today.AddDays(-2), Today.AddDays(29), [1]);
        _intermediate = issued.CopyWithPrivateKey(own);
    }

    public string RootPem => _root.ExportCertificatePem();

    public X509Certificate2 Root => _root;

    private static DateTimeOffset Today => TimeProvider.System.GetUtcNow();

    /// <summary>The server's certificate with its chain, and its key, as PEM.</summary>
    public (string Certificate, string Key) Server()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Issue(_intermediate, "CN=127.0.0.1", key, ServerUse, Today.AddDays(10), names => names.AddIpAddress(IPAddress.Loopback));
        return ($"{certificate.ExportCertificatePem()}\n{_intermediate.ExportCertificatePem()}\n", key.ExportPkcs8PrivateKeyPem());
    }

    public X509Certificate2 Client(string subject, string? uri = null, string use = ClientUse, int days = 10)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Issue(_root, subject, key, use, Today.AddDays(days), names =>
        {
            if (uri is not null)
                names.AddUri(new Uri(uri));
            names.AddDnsName("client.test");
        });
        using var whole = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    public void Dispose()
    {
        _root.Dispose();
        _intermediate.Dispose();
    }

    private static CertificateRequest Authority(string subject, ECDsa key)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return request;
    }

    private static X509Certificate2 Issue(X509Certificate2 issuer, string subject, ECDsa key, string use, DateTimeOffset end, Action<SubjectAlternativeNameBuilder> name)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        name(names);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        return request.Create(issuer, end.AddDays(-20) < issuer.NotBefore ? issuer.NotBefore : end.AddDays(-20), end, RandomNumberGenerator.GetBytes(8));
    }
}
