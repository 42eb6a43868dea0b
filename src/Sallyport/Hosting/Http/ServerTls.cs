using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Sallyport.Hosting.Http;

/// <summary>HTTPS: the gate's own certificate, and whose client certificates are believed.</summary>
/// <param name="Certificate">With its private key.</param>
/// <param name="Chain">What clients need to find the way from it to an authority they know.</param>
internal sealed record ServerTls(X509Certificate2 Certificate, X509Certificate2Collection Chain)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>The only authorities of client certificates; null takes no client certificates.</summary>
    public X509Certificate2Collection? ClientAuthorities { get; init; }

    public bool RequireClientCertificate { get; init; }

    public void Use(ListenOptions listen) => listen.UseHttps(https =>
    {
        https.ServerCertificate = Certificate;
        https.ServerCertificateChain = Chain;
        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        if (ClientAuthorities is not { } authorities)
            return;
        https.ClientCertificateMode = RequireClientCertificate ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.AllowCertificate;
        https.OnAuthenticate = (_, tls) => tls.CertificateChainPolicy = Policy(authorities);
        // The chain has been built by that policy; any word against it ends the connection.
        https.ClientCertificateValidation = static (_, _, errors) => errors == SslPolicyErrors.None;
    });

    private static X509ChainPolicy Policy(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // Whoever has lost a key is taken out of the settings; nothing is fetched because of a stranger's certificate.
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return policy;
    }
}
