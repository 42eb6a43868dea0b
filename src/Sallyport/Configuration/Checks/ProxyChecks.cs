using Sallyport.Configuration.Loading;
using Sallyport.Configuration.Sections;
using Sallyport.Core.Schemas;

namespace Sallyport.Configuration.Checks;

/// <summary>A proxy's word about who calls is taken only from proxies that the operator named, and only where nobody else can write it.</summary>
internal static class ProxyChecks
{
    // Headers that mean something else already, to us or to every proxy.
    private static readonly HashSet<string> Taken = new(StringComparer.OrdinalIgnoreCase) { "Authorization", "Host", "Origin", "Cookie", "X-Forwarded-For", "Mcp-Session-Id" };

    public static IEnumerable<SchemaError> Of(SallyportSettings settings, List<string> warnings)
    {
        var http = settings.Http;
        var proxies = http.TrustedProxies ?? [];
        for (var i = 0; i < proxies.Count; i++)
        {
            if (TrustedNetwork.TryParse(proxies[i]) is not { } network)
                yield return new SchemaError(SettingsPath.Item("http.trustedProxies", i), "must be an address, or a network such as 10.1.2.0/24");
            else if (network.PrefixLength == 0)
                yield return new SchemaError(SettingsPath.Item("http.trustedProxies", i), "is every address there is, so that anyone could say who they are");
        }

        if (http.IdentityHeader is { } header)
        {
            if (proxies.Count == 0)
                yield return new SchemaError("http.identityHeader", "needs http.trustedProxies: the header is believed from nobody else");
            if (Taken.Contains(header))
                yield return new SchemaError("http.identityHeader", "names a header that means something else");
        }

        if (http.BehindProxy && proxies.Count == 0 && settings.Transport == TransportKind.Http)
            warnings.Add("http.behindProxy without http.trustedProxies: where requests come from is not known, so wrong tokens are not counted by address.");
    }
}
