using System.Net;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Configuration;
using Sallyport.Configuration.Sections;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Identity.OAuth;
using Sallyport.Hosting.Http;
using Sallyport.Hosting.Http.Door;
using Sallyport.Hosting.Http.OAuth;

namespace Sallyport.Hosting;

/// <summary>Turns settings into what the HTTP edge needs: where to listen, who is let in, and the certificate.</summary>
internal static class HttpSetup
{
    /// <summary>The caller of requests that show nothing, where the operator allows that on this machine.</summary>
    public static Caller OpenAccess { get; } = new("open-access", "admin", ["*"], "open-access");

    public static HttpOptions Of(SallyportSettings settings, RequestAccounts? accounts = null, OAuthDoor? oauth = null)
    {
        var http = settings.Http;
        var proxies = Proxies(settings);
        return new HttpOptions(At(http.Listen), Callers(settings, proxies, oauth?.Tokens))
        {
            Resource = oauth?.Resource,
            MetricsListen = settings.Observability is { Metrics: true, MetricsListen: { } metrics } ? At(metrics) : null,
            Proxies = proxies,
            // Behind a proxy that is not trusted to say where a request came from, all addresses are the proxy's.
            FailedSignIns = http.BehindProxy && http.TrustedProxies is not { Count: > 0 } ? null : LimitSetup.Read(settings.Limits.FailedSignIns),
            SlowClients = Duration.Parse(http.SlowClients),
            StreamIdle = Duration.Parse(http.StreamIdle),
            Accounts = accounts,
            AllowedHosts = http.AllowedHosts ?? [],
            AllowedOrigins = http.AllowedOrigins ?? [],
            LegacySse = http.LegacySse,
            MaxConnections = http.MaxConnections,
            MaxConnectionsPerAddress = http.BehindProxy ? null : http.MaxConnectionsPerAddress,
            ShutdownGrace = Duration.Parse(http.ShutdownGrace),
            Tls = http.Tls is { } tls ? TlsOf(tls) : null,
        };
    }

    /// <summary>The caller when a client starts the program itself.</summary>
    public static Caller Stdio(SallyportSettings settings) => new("open-access", settings.Stdio.Role, settings.Stdio.Tenants ?? ["*"], "stdio");

    private static IPEndPoint At(string place) => Listen.TryParse(place) is { } at
        ? new IPEndPoint(at.Address, at.Port)
        : throw new InvalidOperationException("Settings are checked before they are used.");

    private static FindCaller Callers(SallyportSettings settings, TrustedProxies proxies, ITokenCheck? oauth)
    {
        var tokens = new BearerCallers(
            new TokenDirectory(settings.Callers.Where(HasToken).Select(caller => (Digest(caller), CallerOf(caller, "token")))), oauth);
        var certificates = new CertificateCallers(
            settings.Callers.Where(caller => caller.Certificate is not null).ToDictionary(caller => caller.Certificate!, caller => CallerOf(caller, "mtls"), StringComparer.Ordinal));
        var open = settings.Http.RequireAuth ? null : OpenAccess;
        return http =>
        {
            // A token that is shown must be good, whatever else would do.
            if (http.Request.Headers.Authorization.Count > 0)
                return tokens.FindAsync(http);
            var caller = http.Connection.ClientCertificate is { } certificate ? certificates.Find(certificate) : null;
            return new ValueTask<Caller?>(caller ?? proxies.Find(http) ?? open);
        };
    }

    private static TrustedProxies Proxies(SallyportSettings settings) => new(
        [.. (settings.Http.TrustedProxies ?? []).Select(text => TrustedNetwork.TryParse(text) ?? throw new InvalidOperationException("Settings are checked before they are used."))],
        settings.Http.IdentityHeader,
        settings.Callers.Where(caller => caller.Forwarded is not null).ToDictionary(caller => caller.Forwarded!, caller => CallerOf(caller, "proxy"), StringComparer.Ordinal));

    private static bool HasToken(CallerSettings caller) => caller.Token is not null || caller.TokenSha256 is not null;

    private static byte[] Digest(CallerSettings caller)
        => caller.TokenSha256 is { } digest ? Convert.FromHexString(digest) : TokenDirectory.DigestOf(caller.Token!.Reveal());

    private static Caller CallerOf(CallerSettings caller, string proof) => new(caller.Name, caller.Role, caller.Tenants ?? ["*"], proof);

    private static ServerTls TlsOf(TlsSettings tls)
    {
        using var pem = X509Certificate2.CreateFromPemFile(tls.Certificate, tls.Key);
        // A key read from PEM lives in memory only, which Windows cannot serve with.
        return new ServerTls(X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null), Pem(tls.Certificate))
        {
            ClientAuthorities = tls.ClientCa is { } file ? Pem(file) : null,
            RequireClientCertificate = tls.RequireClientCertificate,
        };
    }

    private static X509Certificate2Collection Pem(string file)
    {
        X509Certificate2Collection certificates = [];
        certificates.ImportFromPemFile(file);
        return certificates;
    }
}
