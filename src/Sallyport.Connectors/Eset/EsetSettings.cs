using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sallyport.Connectors.Eset.Access;
using Sallyport.Core;
using Sallyport.Core.Schemas;
using Sallyport.Core.Settings;

namespace Sallyport.Connectors.Eset;

/// <summary>How one tenant reaches ESET: the cloud, or a console of its own.</summary>
internal sealed record EsetSettings(
    [Description("cloud is ESET Connect; onprem is a PROTECT console of your own.")] EsetDeployment Deployment = EsetDeployment.Cloud,
    [Description("Where the cloud account lives.")] EsetRegion Region = EsetRegion.Eu,
    [Description("API user, as created in ESET PROTECT Hub or on the console.")] string? User = null,
    Secret? Password = null,
    [Description("The console, for example https://protect.example.com:9443.")] string? ServerUrl = null,
    [Description("PEM file of the authority that signed the console's certificate.")] string? CaFile = null,
    [Description("false accepts any certificate from the console: only while you set it up.")] bool VerifyCertificate = true,
    [Description("Service token of Cloudflare Access; sent to the console only.")] CloudflareToken? CloudflareAccess = null,
    [Description("ESET allows 10 per account and address; 0 sets no limit."), Range(0, 10_000)] int RequestsPerSecond = 10,
    [Description("How long one call waits for an answer that ESET prepares in the background."), Range(1, 3600)] int AnswerWaitSeconds = 600,
    [Description("Callers over HTTP bring their own ESET user with each request.")] RequestCredentialsSettings? RequestCredentials = null,
    [Description("One address on this machine for all cloud services: a simulator.")] string? SimulatorUrl = null)
{
    public static SettingsType Type { get; } = SettingsType.Of(static () => EsetSettingsJson.Default.EsetSettings, static settings => settings.Check());

    /// <summary>Whether callers bring their own ESET user.</summary>
    [JsonIgnore]
    public bool TakesRequestCredentials => RequestCredentials is { IsOn: true };

    private IEnumerable<SchemaError> Check()
    {
        if (!TakesRequestCredentials && string.IsNullOrEmpty(User))
            yield return new("user", "is required, unless requestCredentials is set");
        if (!TakesRequestCredentials && (Password is null || Password.IsEmpty))
            yield return new("password", "is required, unless requestCredentials is set");
        if (Deployment == EsetDeployment.Onprem && ServerUrl is null && !TakesRequestCredentials)
            yield return new("serverUrl", "is required for deployment onprem");
        if (ServerUrl is not null && ConsoleAddress.Problem(ServerUrl) is { } problem)
            yield return new("serverUrl", problem);
        if (CloudflareAccess is { } access && (access.ClientId.IsEmpty || access.ClientSecret.IsEmpty))
            yield return new("cloudflareAccess", "needs both clientId and clientSecret");
        foreach (var (server, index) in (RequestCredentials?.Servers ?? []).Select((server, index) => (server, index)))
        {
            if (ConsoleAddress.Problem(server) is { } wrong)
                yield return new($"requestCredentials.servers[{index}]", wrong);
        }

        if (AuthorityFile.Problem(CaFile) is { } untrusted)
            yield return new("caFile", untrusted);
        if (SimulatorUrl is not null && !(Uri.TryCreate(SimulatorUrl, UriKind.Absolute, out var simulator) && simulator.IsLoopback))
            yield return new("simulatorUrl", "must be an address on this machine");
    }
}

/// <summary>Which of ESET's two offerings a tenant uses.</summary>
[JsonConverter(typeof(EsetDeploymentConverter))]
internal enum EsetDeployment
{
    Cloud,
    Onprem,
}

/// <summary>The regions of ESET Connect.</summary>
[JsonConverter(typeof(EsetRegionConverter))]
internal enum EsetRegion
{
    Eu,
    De,
    Us,
    Ca,
    Jpn,
}

/// <summary>What Cloudflare Access wants to see before it lets a request through to a console.</summary>
internal sealed record CloudflareToken(Secret ClientId, Secret ClientSecret);

/// <summary>What callers may choose when they bring their own ESET user.</summary>
internal sealed record RequestCredentialsSettings(
    [Description("true takes the ESET user from each request and none from here.")] bool IsOn = true,
    [Description("Consoles that a request may name besides serverUrl.")] IReadOnlyList<string>? Servers = null);

internal sealed class EsetDeploymentConverter() : JsonStringEnumConverter<EsetDeployment>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

internal sealed class EsetRegionConverter() : JsonStringEnumConverter<EsetRegion>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EsetSettings))]
internal sealed partial class EsetSettingsJson : JsonSerializerContext;
