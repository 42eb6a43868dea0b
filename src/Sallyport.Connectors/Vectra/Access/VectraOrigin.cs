namespace Sallyport.Connectors.Vectra.Access;

/// <summary>The one origin that a tenant's credentials may be sent to.</summary>
internal sealed record VectraOrigin(Uri Address, string ApiVersion)
{
    private const string CloudSuffix = ".portal.vectra.ai";
    private const string TokenPath = "/oauth2/token";

    /// <summary>Where tokens come from when nothing is said.</summary>
    public Uri Token => new(Address, ApiVersion == VectraApi.Appliance ? $"/api/{ApiVersion}{TokenPath}" : TokenPath);

    public static VectraOrigin Of(VectraSettings settings) => new(Parse(settings.BaseUrl)!, settings.ApiVersion);

    public static bool IsLoopback(string baseUrl) => Parse(baseUrl)?.IsLoopback is true;

    /// <summary>What is wrong with a base address, or null.</summary>
    public static string? Problem(string baseUrl, bool isAppliance, IReadOnlyList<string> allowedHosts)
    {
        if (Parse(baseUrl) is not { } address)
            return "must be an address such as https://123456789012.cc1.portal.vectra.ai";
        if (address.UserInfo.Length > 0 || address.AbsolutePath != "/" || address.Query.Length > 0 || address.Fragment.Length > 0)
            return "must be an origin only: no user, path, query or fragment";
        if (address.IsLoopback)
            return null;
        if (address.Scheme != Uri.UriSchemeHttps)
            return "must start with https://";
        return isAppliance || address.IdnHost.EndsWith(CloudSuffix, StringComparison.Ordinal)
            || allowedHosts.Contains(address.IdnHost, StringComparer.OrdinalIgnoreCase)
            ? null
            : $"names a host outside *{CloudSuffix}; add it to allowedHosts (VECTRA_ALLOWED_HOSTS) if it is yours";
    }

    /// <summary>
    /// Compared letter by letter with what the origin allows, so that no reading of user names, ports, look-alike
    /// letters or case can lead elsewhere.
    /// </summary>
    public bool Allows(string tokenUrl)
    {
        var origin = Address.GetLeftPart(UriPartial.Authority);
        return tokenUrl == origin + TokenPath || tokenUrl == $"{origin}/api/{ApiVersion}{TokenPath}";
    }

    private static Uri? Parse(string baseUrl)
    {
        var text = baseUrl.Trim();
        if (!text.Contains("://", StringComparison.Ordinal))
            text = $"https://{text}";
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Host.Length > 0 ? address : null;
    }
}
