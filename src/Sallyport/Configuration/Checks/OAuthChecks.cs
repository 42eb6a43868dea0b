using Sallyport.Configuration.Loading;
using Sallyport.Core.Schemas;
using Sallyport.Gateway.Identity.OAuth;

namespace Sallyport.Configuration.Checks;

/// <summary>An OAuth server must be named so that nobody else's tokens let anyone in.</summary>
internal static class OAuthChecks
{
    public static IEnumerable<SchemaError> Of(SallyportSettings settings)
    {
        if (settings.Oauth is not { } oauth)
            yield break;
        var addresses = new (string Path, string? Address)[]
        {
            ("oauth.issuer", oauth.Issuer), ("oauth.keysEndpoint", oauth.KeysEndpoint), ("oauth.introspection.endpoint", oauth.Introspection?.Endpoint),
        };
        foreach (var (path, address) in addresses)
        {
            if (address is not null && !IsPlain(address, settings.AllowLoopbackUpstream))
                yield return new SchemaError(path, "must be an https address without account, query and fragment");
        }

        // Clients compare it with the address they know; it is published, never dialled.
        if (!IsPlain(oauth.PublicAddress(), allowLoopback: true))
            yield return new SchemaError(oauth.Resource is null ? "oauth.audience" : "oauth.resource", "must be this gate's public https address; with another kind of audience, set oauth.resource to it");
        var algorithms = oauth.Algorithms ?? [];
        for (var i = 0; i < algorithms.Count; i++)
        {
            if (!OAuthRules.EveryAlgorithm.Contains(algorithms[i], StringComparer.Ordinal))
                yield return new SchemaError(SettingsPath.Item("oauth.algorithms", i), $"must be one of {string.Join(", ", OAuthRules.EveryAlgorithm)}");
        }

        if (oauth.Algorithms is { Count: 0 })
            yield return new SchemaError("oauth.algorithms", "must name at least one");
        var roles = CallerChecks.BuiltInRoles.Concat(settings.Roles.Keys).ToList();
        var claimed = oauth.Roles ?? [];
        for (var i = 0; i < claimed.Count; i++)
        {
            if (!roles.Contains(claimed[i].Role))
                yield return new SchemaError($"{SettingsPath.Item("oauth.roles", i)}.role", $"names a role that {Suggestion.For(claimed[i].Role, roles)}");
        }
    }

    private static bool IsPlain(string text, bool allowLoopback) => SettingsChecks.IsSecureAddress(text, allowLoopback)
        && new Uri(text) is { Query: "", Fragment: "" };
}
