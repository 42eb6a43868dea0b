using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Core.Http;

/// <summary>Builds the connection pool of one tenant and platform: no redirects, no cookies, and the address that was checked is the one dialled.</summary>
internal static class UpstreamHandler
{
    public static SocketsHttpHandler Create(UpstreamHttpOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        // Trace context is written where the span of the request is made.
        ActivityHeadersPropagator = null,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = options.ConnectTimeout,
        MaxConnectionsPerServer = options.MaxConnections,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseProxy = options.Proxy is not null,
        Proxy = options.Proxy is null ? null : new WebProxy(options.Proxy),
        SslOptions = Tls(options),
        // A proxy is the operator's word; the platform's address is then the proxy's to check.
        ConnectCallback = options.Proxy is null ? (context, token) => ConnectAsync(context.DnsEndPoint, options, token) : null,
    };

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, UpstreamHttpOptions options, CancellationToken cancellationToken)
    {
        var addresses = await options.Resolve(target.Host, cancellationToken);
        var allowed = addresses.Where(address => options.Addresses.Allows(address)).ToArray();
        if (allowed.Length == 0)
            throw new UpstreamException(UpstreamFailure.Unavailable, $"{options.Name}'s host resolves only to addresses that are not allowed.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static SslClientAuthenticationOptions Tls(UpstreamHttpOptions options)
    {
        var tls = new SslClientAuthenticationOptions { EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 };
        if (options.CaFile is { } file)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(file);
            tls.CertificateChainPolicy = policy;
        }

#pragma warning disable CA5359 // The operator switched verification off for this tenant, by name, and is warned.
        if (!options.VerifyCertificate)
            tls.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        return tls;
    }
}
