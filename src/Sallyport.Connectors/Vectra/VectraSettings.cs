using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sallyport.Connectors.Vectra.Access;
using Sallyport.Core;
using Sallyport.Core.Schemas;
using Sallyport.Core.Settings;

namespace Sallyport.Connectors.Vectra;

/// <summary>How one tenant reaches Vectra: the cloud platform, or an appliance of its own.</summary>
internal sealed record VectraSettings(
    [Description("The portal, for example https://123456789012.cc1.portal.vectra.ai, or the appliance.")] string BaseUrl,
    [Description("API client id, as created in the portal.")] string? ClientId = null,
    Secret? ClientSecret = null,
    [Description("Personal API token of an appliance; with apiVersion v2.5 only.")] Secret? ApiKey = null,
    [Description("v3 to v3.4 is the cloud platform (Respond UX); v2.5 is an appliance (Quadrant UX).")]
    [AllowedValues("v2.5", "v3", "v3.1", "v3.2", "v3.3", "v3.4")] string ApiVersion = "v3.4",
    [Description("Where tokens come from; on the same origin as baseUrl, and usually left out.")] string? TokenUrl = null,
    [Description("Seconds that one attempt may take."), Range(1, 300)] int RequestTimeout = 30,
    [Description("How many requests may be sent at once before they are spread out."), Range(1, 10_000)] int RateLimitRequests = 100,
    [Description("Seconds in which that many requests are allowed again."), Range(1, 3600)] int RateLimitPeriod = 60,
    [Description("Seconds for which the list of users is remembered; 0 asks every time."), Range(0, 86_400)] int UserCacheSeconds = 300,
    [Description("The most items that one call fetches."), Range(1, 5000)] int MaxItems = 5000,
    [Description("The largest packet capture that is handed out, in bytes."), Range(1024, 52_428_800)] int PcapMaxBytes = 10_485_760,
    [Description("Hosts that baseUrl may name besides those below portal.vectra.ai.")] IReadOnlyList<string>? AllowedHosts = null,
    [Description("HTTP proxy on the way to the platform.")] string? Proxy = null,
    [Description("PEM file of the only authorities to trust, for an appliance with a private one.")] string? CaFile = null)
{
    public static SettingsType Type { get; } = SettingsType.Of(static () => VectraSettingsJson.Default.VectraSettings, static settings => settings.Check());

    [JsonIgnore]
    public bool IsAppliance => ApiVersion == VectraApi.Appliance;

    private IEnumerable<SchemaError> Check()
    {
        if (VectraOrigin.Problem(BaseUrl, IsAppliance, AllowedHosts ?? []) is { } problem)
            yield return new("baseUrl", problem);
        else if (TokenUrl is not null && !VectraOrigin.Of(this).Allows(TokenUrl))
            yield return new("tokenUrl", "must be /oauth2/token or /api/<version>/oauth2/token on exactly the origin of baseUrl; credentials go nowhere else");
        if (ApiKey is not null && !IsAppliance)
            yield return new("apiKey", "is for appliances (apiVersion v2.5); the cloud platform takes clientId and clientSecret");
        var required = IsAppliance ? "is required, unless apiKey is set" : "is required";
        if (ApiKey is null && string.IsNullOrWhiteSpace(ClientId))
            yield return new("clientId", required);
        if (ApiKey is null && (ClientSecret is null || ClientSecret.IsEmpty))
            yield return new("clientSecret", required);
        if (Proxy is not null && !(Uri.TryCreate(Proxy, UriKind.Absolute, out var proxy) && proxy.Scheme is "http" or "https"))
            yield return new("proxy", "must be an http or https address");
        if (AuthorityFile.Problem(CaFile) is { } untrusted)
            yield return new("caFile", untrusted);
    }
}

/// <summary>The settings' members on paper.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(VectraSettings))]
internal sealed partial class VectraSettingsJson : JsonSerializerContext;
