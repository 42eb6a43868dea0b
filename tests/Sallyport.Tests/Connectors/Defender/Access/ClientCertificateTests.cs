using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sallyport.Connectors.Defender;
using Sallyport.Connectors.Defender.Access;
using Sallyport.Core;

namespace Sallyport.Tests.Connectors.Defender.Access;

public sealed class ClientCertificateTests : IDisposable
{
    private const string Passphrase = "correct horse";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_pfx_file_with_its_passphrase_opens()
        => Assert.Null(Error(Pfx(Some.Certificate()), Passphrase));

    [Fact]
    public void A_pem_file_with_its_key_opens()
    {
        using var certificate = Some.Certificate();
        using var key = certificate.GetRSAPrivateKey()!;
        var path = _folder.Write("a.pem", Encoding.UTF8.GetBytes(certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem()));

        Assert.Null(Error(path, null));
    }

    [Fact]
    public void A_pem_certificate_and_an_encrypted_key_in_two_files_open()
    {
        using var certificate = Some.Certificate();
        using var key = certificate.GetRSAPrivateKey()!;
        var parameters = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000);
        var path = _folder.Write("a.pem", Encoding.UTF8.GetBytes(certificate.ExportCertificatePem()));
        var keyPath = _folder.Write("a.key", Encoding.UTF8.GetBytes(key.ExportEncryptedPkcs8PrivateKeyPem(Passphrase, parameters)));

        using var opened = ClientCertificate.TryOpen(new CertificateSettings(path, new Secret(Passphrase), keyPath), TimeProvider.System, out var error);

        Assert.Null(error);
        Assert.True(opened!.HasPrivateKey);
    }

    [Fact]
    public void A_wrong_passphrase_is_said_without_the_passphrase()
    {
        var error = Error(Pfx(Some.Certificate()), "wrong-passphrase");

        Assert.Contains("passphrase is wrong", error, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-passphrase", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_certificate_is_refused()
        => Assert.Contains("cannot be opened", Error(_folder.Write("a.pfx", "garbage"u8), null), StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_refused()
        => Assert.Contains("no regular file", Error("/nonexistent/a.pfx", null), StringComparison.Ordinal);

    [Fact]
    public void A_folder_is_no_certificate()
        => Assert.Contains("no regular file", Error(Path.GetTempPath(), null), StringComparison.Ordinal);

    [Fact]
    public void An_expired_certificate_is_refused()
        => Assert.Contains("expired", Error(Pfx(Some.Certificate(daysLeft: -2)), Passphrase), StringComparison.Ordinal);

    [Fact]
    public void A_short_key_is_refused()
        => Assert.Contains("2048 bits", Error(Pfx(Some.Certificate(bits: 1024)), Passphrase), StringComparison.Ordinal);

    [Fact]
    public void A_certificate_without_its_key_is_refused()
    {
        using var certificate = Some.Certificate();
        using var without = X509CertificateLoader.LoadCertificate(certificate.RawData);

        Assert.Contains("no private key", Error(_folder.Write("a.pfx", without.Export(X509ContentType.Pkcs12, Passphrase)), Passphrase), StringComparison.Ordinal);
    }

    private string Pfx(X509Certificate2 certificate)
    {
        using (certificate)
            return _folder.Write("a.pfx", certificate.Export(X509ContentType.Pkcs12, Passphrase));
    }

    private static string? Error(string path, string? passphrase)
    {
        using var opened = ClientCertificate.TryOpen(new CertificateSettings(path, passphrase is null ? null : new Secret(passphrase)), TimeProvider.System, out var error);
        return error?.ToString();
    }
}
