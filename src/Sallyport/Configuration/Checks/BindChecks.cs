using Sallyport.Configuration.Sections;
using Sallyport.Connectors;
using Sallyport.Core.Schemas;
using Sallyport.Core.Settings;
using Sallyport.Hosting.Http.Door;

namespace Sallyport.Configuration.Checks;

/// <summary>Refuses to serve where strangers could read along or walk in.</summary>
internal static class BindChecks
{
    public static IEnumerable<SchemaError> Of(SallyportSettings settings, List<string> warnings)
    {
        var http = settings.Http;
        if (Listen.TryParse(http.Listen) is not { } listen)
        {
            yield return new SchemaError("http.listen", "is not an address and port; write for example 127.0.0.1:8765");
            yield break;
        }

        if (http.Tls is { } tls)
        {
            foreach (var error in Files(tls))
                yield return error;
        }

        foreach (var error in ProxyChecks.Of(settings, warnings))
            yield return error;
        if (settings.Observability.MetricsListen is { } metrics && Listen.TryParse(metrics) is null)
            yield return new SchemaError("observability.metricsListen", "is not an address and port; write for example 127.0.0.1:9090");
        if (settings.Transport != TransportKind.Http)
            yield break;
        var places = Places(settings, listen);
        foreach (var open in places.Where(place => !place.At.IsLoopback && http.Tls is null && !http.BehindProxy))
        {
            yield return new SchemaError(
                open.Setting,
                "can be reached from other machines and nothing encrypts the way there. Set http.tls.certificate and http.tls.key, "
                + "or http.behindProxy: true if a proxy in front ends TLS, or listen on 127.0.0.1");
        }

        if (!http.RequireAuth && places.Any(place => !place.At.IsLoopback))
        {
            yield return new SchemaError(
                "http.requireAuth",
                "false on an address that other machines reach lets anyone in. Remove it (REQUIRE_AUTH) and add callers or oauth, or listen on 127.0.0.1");
        }
        else if (!http.RequireAuth)
        {
            warnings.Add("http.requireAuth is false: every program on this machine can call without proving who it is.");
        }
        else if (settings.Callers.Count == 0 && settings.Oauth is null && !TakesAccounts(settings))
        {
            yield return new SchemaError(
                "callers",
                "nobody could call. Add a caller ('sallyport callers add NAME', or MCP_ROLE_<NAME>=token:role), or set oauth, "
                + "or for this machine only http.requireAuth: false (REQUIRE_AUTH=false)");
        }
    }

    private static List<(string Setting, Listen At)> Places(SallyportSettings settings, Listen listen)
        => settings.Observability.MetricsListen is { } text && Listen.TryParse(text) is { } metrics
            ? [("http.listen", listen), ("observability.metricsListen", metrics)]
            : [("http.listen", listen)];

    /// <summary>Callers who bring a platform's account with each request need no token of ours.</summary>
    private static bool TakesAccounts(SallyportSettings settings)
        => settings.Tenants.Values.Any(tenant => BuiltInConnectors.All.Any(connector => RequestAccounts.Takes(connector, tenant.Connectors)));

    private static IEnumerable<SchemaError> Files(TlsSettings tls)
    {
        if (!File.Exists(tls.Certificate))
            yield return new SchemaError("http.tls.certificate", "names a file that does not exist");
        var key = PrivateFile.TryRead(tls.Key, out var problem);
        if ((problem ?? key?.Exposure) is { } wrong)
            yield return new SchemaError("http.tls.key", wrong);
        if (tls.ClientCa is { } authorities && !File.Exists(authorities))
            yield return new SchemaError("http.tls.clientCa", "names a file that does not exist");
        if (tls.RequireClientCertificate && tls.ClientCa is null)
            yield return new SchemaError("http.tls.requireClientCertificate", "needs http.tls.clientCa: without it no certificate is accepted");
    }
}
