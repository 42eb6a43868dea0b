using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Configuration;

namespace Sallyport.Commands.Doctor;

/// <summary>Looks at how long the certificate that HTTPS is served with is still good.</summary>
internal static class CertificateChecks
{
    private const int SoonDays = 30;

    public static IEnumerable<Finding> Of(SallyportSettings settings, DateTimeOffset now)
    {
        if (settings.Http.Tls is not { } tls)
            yield break;
        X509Certificate2? certificate = null;
        try
        {
            certificate = X509Certificate2.CreateFromPemFile(tls.Certificate, tls.Key);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            // Said below.
        }

        if (certificate is null)
        {
            yield return new Finding("certificates", tls.Certificate, Health.Broken, "the certificate and its key do not go together", "Check both PEM files.");
            yield break;
        }

        using (certificate)
            yield return Expiry(tls.Certificate, certificate, now);
    }

    private static Finding Expiry(string path, X509Certificate2 certificate, DateTimeOffset now)
    {
        var left = certificate.NotAfter.ToUniversalTime() - now.UtcDateTime;
        var date = certificate.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (left <= TimeSpan.Zero)
            return new Finding("certificates", path, Health.Broken, $"expired on {date}", "Put a new certificate in its place.");
        return left.TotalDays < SoonDays
            ? new Finding("certificates", path, Health.Weak, $"expires on {date}", "Put a new certificate in its place soon.")
            : new Finding("certificates", path, Health.Well, $"good until {date}");
    }
}
