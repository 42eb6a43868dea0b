using System.Net;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Configuration;
using Sallyport.Configuration.Sections;
using Sallyport.Gateway.Identity;
using Sallyport.Hosting.Http;
using Sallyport.Hosting.Http.Door;

namespace Sallyport.Hosting;

/// <summary>Turns settings into what the HTTP edge needs: where to listen, who is let in, and the certificate.</summary>
internal static class HttpSetup
{
    /// <summary>The caller of requests that show nothing, where the operator allows that on this machine.</summary>
    public static Caller OpenAccess { get; } = new("open-access", "admin", ["*"], "open-access");

    public static HttpOptions Of(SallyportSettings settings, RequestAccounts? accounts = null)
    {
        var http = settings.Http;
        var listen = Listen.TryParse(http.Listen) ?? throw new InvalidOperationException("Settings are checked before they are used.");
        return new HttpOptions(new IPEndPoint(listen.Address, listen.Port), Callers(settings))
        {
            Accounts = accounts,
            AllowedHosts = http.AllowedHosts ?? [],
            AllowedOrigins = http.AllowedOrigins ?? [],
            LegacySse = http.LegacySse,
            MaxConnections = http.MaxConnections,
            ShutdownGrace = Duration.Parse(http.ShutdownGrace),
            Certificate = http.Tls is { } tls ? Certificate(tls) : null,
        };
    }

    /// <summary>The caller when a client starts the program itself.</summary>
    public static Caller Stdio(SallyportSettings settings) => new("open-access", settings.Stdio.Role, settings.Stdio.Tenants ?? ["*"], "stdio");

    private static FindCaller Callers(SallyportSettings settings)
    {
        var tokens = new BearerCallers(new TokenDirectory(settings.Callers.Select(caller => (Digest(caller), CallerOf(caller)))));
        if (settings.Http.RequireAuth)
            return tokens.FindAsync;
        // A token that is shown must be good, even where none is needed.
        return http => http.Request.Headers.Authorization.Count == 0 ? new ValueTask<Caller?>(OpenAccess) : tokens.FindAsync(http);
    }

    private static byte[] Digest(CallerSettings caller)
        => caller.TokenSha256 is { } digest ? Convert.FromHexString(digest) : TokenDirectory.DigestOf(caller.Token!.Reveal());

    private static Caller CallerOf(CallerSettings caller) => new(caller.Name, caller.Role, caller.Tenants ?? ["*"], "token");

    private static X509Certificate2 Certificate(TlsSettings tls)
    {
        using var pem = X509Certificate2.CreateFromPemFile(tls.Certificate, tls.Key);
        // A key read from PEM lives in memory only, which Windows cannot serve with.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }
}
