using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Core.Schemas;

namespace Sallyport.Connectors.Defender.Access;

/// <summary>Opens the certificate by which the application proves itself, and says which kind of wrong it is.</summary>
internal static class ClientCertificate
{
    private const int FewestRsaBits = 2048;

    /// <summary>Null with an <paramref name="error"/> that names the cause and never the passphrase.</summary>
    public static X509Certificate2? TryOpen(CertificateSettings settings, TimeProvider time, out SchemaError? error)
    {
        error = null;
        X509Certificate2? certificate = null;
        try
        {
            if (!File.Exists(settings.Path))
                error = new SchemaError("path", "names no regular file");
            else if (settings.KeyPath is { } key && !File.Exists(key))
                error = new SchemaError("keyPath", "names no regular file");
            else
                error = Weakness(certificate = Open(settings), time);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            error = new SchemaError("path", "cannot be read; check who may read it");
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            error = new SchemaError("path", "cannot be opened: it is no PKCS#12 or PEM file with a key, or the passphrase is wrong");
        }

        if (error is null)
            return certificate;
        certificate?.Dispose();
        return null;
    }

    private static X509Certificate2 Open(CertificateSettings settings)
    {
        var passphrase = settings.Passphrase is { IsEmpty: false } secret ? secret.Reveal() : null;
        var bytes = File.ReadAllBytes(settings.Path);
        if (!bytes.AsSpan().StartsWith("-----BEGIN"u8) && settings.KeyPath is null)
        {
            // macOS cannot keep a key in memory only.
            var storage = OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;
            return X509CertificateLoader.LoadPkcs12(bytes, passphrase, storage);
        }

        var text = File.ReadAllText(settings.Path);
        var key = settings.KeyPath is { } path ? File.ReadAllText(path) : text;
        return passphrase is null ? X509Certificate2.CreateFromPem(text, key) : X509Certificate2.CreateFromEncryptedPem(text, key, passphrase);
    }

    private static SchemaError? Weakness(X509Certificate2 certificate, TimeProvider time)
    {
        if (!certificate.HasPrivateKey)
            return new SchemaError("path", "holds no private key");
        using var rsa = certificate.GetRSAPrivateKey();
        if (rsa is null || rsa.KeySize < FewestRsaBits)
            return new SchemaError("path", $"must hold an RSA key of at least {FewestRsaBits} bits");
        return certificate.NotAfter.ToUniversalTime() <= time.GetUtcNow().UtcDateTime ? new SchemaError("path", "holds a certificate that has expired") : null;
    }
}
