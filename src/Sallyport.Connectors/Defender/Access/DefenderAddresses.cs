using System.Collections.Frozen;
using System.Net;
using Sallyport.Core.Schemas;

namespace Sallyport.Connectors.Defender.Access;

/// <summary>The hosts that a tenant's tokens may go to: Microsoft's own, of one cloud, or this machine for simulators.</summary>
/// <remarks>Commercial names are published; those of government and regional clouds are from general knowledge.</remarks>
internal sealed record DefenderAddresses(
    ApiFlavor Flavor, Uri Authority, ServiceAddress Hunting, ServiceAddress Alerts, ServiceAddress Incidents, ServiceAddress Devices)
{
    public const string DefaultApi = "https://graph.microsoft.com";
    public const string DefaultAuthority = "https://login.microsoftonline.com";

    private const string EndpointScope = "https://api.securitycenter.microsoft.com/.default";
    private const string IncidentScope = "https://api.security.microsoft.com/.default";

    private static readonly FrozenSet<string> GraphHosts =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "graph.microsoft.com", "graph.microsoft.us", "dod-graph.microsoft.us");

    private static readonly FrozenSet<string> AuthorityHosts =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "login.microsoftonline.com", "login.microsoftonline.us");

    /// <summary>Hosts of hunting and alerts, each with the host of incidents in the same region.</summary>
    private static readonly FrozenDictionary<string, string> LegacyHosts = new Dictionary<string, string>
    {
        ["api.securitycenter.microsoft.com"] = "api.security.microsoft.com",
        ["api-us.securitycenter.microsoft.com"] = "us.api.security.microsoft.com",
        ["api-eu.securitycenter.microsoft.com"] = "eu.api.security.microsoft.com",
        ["api-uk.securitycenter.microsoft.com"] = "uk.api.security.microsoft.com",
        ["api-au.securitycenter.microsoft.com"] = "au.api.security.microsoft.com",
        ["api-gcc.securitycenter.microsoft.us"] = "api-gcc.security.microsoft.us",
        ["api-gov.securitycenter.microsoft.us"] = "api-gov.security.microsoft.us",
        ["api.security.microsoft.com"] = "api.security.microsoft.com",
        ["us.api.security.microsoft.com"] = "us.api.security.microsoft.com",
        ["eu.api.security.microsoft.com"] = "eu.api.security.microsoft.com",
        ["uk.api.security.microsoft.com"] = "uk.api.security.microsoft.com",
        ["au.api.security.microsoft.com"] = "au.api.security.microsoft.com",
        ["swa.api.security.microsoft.com"] = "swa.api.security.microsoft.com",
        ["ina.api.security.microsoft.com"] = "ina.api.security.microsoft.com",
        ["aea.api.security.microsoft.com"] = "aea.api.security.microsoft.com",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public bool IsLoopback => Hunting.Origin.IsLoopback || Authority.IsLoopback;

    public ServiceAddress this[DefenderService service] => service switch
    {
        DefenderService.Hunting => Hunting,
        DefenderService.Alerts => Alerts,
        DefenderService.Incidents => Incidents,
        _ => Devices,
    };

    /// <summary>Works out every address, or adds what is wrong to <paramref name="errors"/>; messages carry no value.</summary>
    public static DefenderAddresses? Of(DefenderSettings settings, List<SchemaError> errors)
    {
        var api = Origin("apiBase", settings.ApiBase, host => GraphHosts.Contains(host) || LegacyHosts.ContainsKey(host), errors);
        var authority = Origin("authorityHost", settings.AuthorityHost, AuthorityHosts.Contains, errors);
        if (api is null || authority is null)
            return null;
        if (!api.IsLoopback && !authority.IsLoopback && IsGovernment(api) != IsGovernment(authority))
            errors.Add(new SchemaError("authorityHost", "must belong to the same cloud as apiBase: .com with .com, .us with .us"));
        if (api.IsLoopback != authority.IsLoopback)
            errors.Add(new SchemaError("authorityHost", "must be on this machine exactly when apiBase is"));
        var flavor = FlavorOf(api, settings.ApiFlavor, errors);
        return errors.Count > 0 ? null : flavor == ApiFlavor.Graph ? Graph(api, authority) : Legacy(api, authority);
    }

    private static ApiFlavor FlavorOf(Uri api, ApiFlavor? asked, List<SchemaError> errors)
    {
        if (api.IsLoopback)
            return asked ?? ApiFlavor.Graph;
        var flavor = GraphHosts.Contains(api.Host) ? ApiFlavor.Graph : ApiFlavor.Legacy;
        if (asked is { } other && other != flavor)
            errors.Add(new SchemaError("apiFlavor", "does not fit the host of apiBase; leave it out"));
        return flavor;
    }

    private static DefenderAddresses Graph(Uri api, Uri authority)
    {
        var scope = api.IsLoopback ? $"{DefaultApi}/.default" : $"https://{api.Host}/.default";
        var graph = new ServiceAddress(api, scope);
        // Graph v1.0 has no device actions; they stay with Defender for Endpoint.
        var devices = api.IsLoopback ? new ServiceAddress(api, EndpointScope)
            : IsGovernment(api) ? Own("api-gov.securitycenter.microsoft.us")
            : Own("api.securitycenter.microsoft.com");
        return new DefenderAddresses(ApiFlavor.Graph, authority, graph, graph, graph, devices);
    }

    private static DefenderAddresses Legacy(Uri api, Uri authority)
    {
        if (IsGovernment(api))
        {
            var own = Own(api.Host);
            return new DefenderAddresses(ApiFlavor.Legacy, authority, own, own, Own(LegacyHosts[api.Host]), own);
        }

        var endpoint = new ServiceAddress(api, EndpointScope);
        var incidents = new ServiceAddress(api.IsLoopback ? api : new Uri($"https://{LegacyHosts[api.Host]}"), IncidentScope);
        return new DefenderAddresses(ApiFlavor.Legacy, authority, endpoint, endpoint, incidents, endpoint);
    }

    private static ServiceAddress Own(string host) => new(new Uri($"https://{host}"), $"https://{host}/.default");

    private static bool IsGovernment(Uri origin) => origin.Host.EndsWith(".us", StringComparison.OrdinalIgnoreCase);

    private static Uri? Origin(string path, string text, Func<string, bool> isKnown, List<SchemaError> errors)
    {
        var rule = !Uri.TryCreate(text.Trim().TrimEnd('/'), UriKind.Absolute, out var uri) ? "must be an address such as https://graph.microsoft.com"
            : uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.AbsolutePath != "/" || text.Contains('@', StringComparison.Ordinal)
                || text.Contains('?', StringComparison.Ordinal) || text.Contains('#', StringComparison.Ordinal) ? "must be an origin only: no user, path, query or fragment"
            : IsThisMachine(uri) ? uri.Scheme is "http" or "https" ? null : "must be http or https"
            : uri.Scheme != Uri.UriSchemeHttps ? "must be https"
            : !uri.IsDefaultPort ? "must not name a port"
            : !isKnown(uri.Host) ? "must be one of Microsoft's hosts for this interface"
            : null;
        if (rule is not null)
            errors.Add(new SchemaError(path, rule));
        return rule is null ? uri : null;
    }

    private static bool IsThisMachine(Uri uri)
        => uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
