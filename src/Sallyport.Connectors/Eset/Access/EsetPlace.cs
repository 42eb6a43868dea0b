using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Access;

/// <summary>Where a tenant's ESET is: a host per service in a cloud region, or one console.</summary>
internal sealed class EsetPlace
{
    public const string SignInService = "business-account";

    /// <summary>Paths that a console spells its own way (specs: onprem-path-overrides).</summary>
    private static readonly Dictionary<string, string> ConsolePaths = new(StringComparer.Ordinal)
    {
        ["POST /v1/devices/{deviceUuid}:rename"] = "/v1/devices/{deviceUuid}:renameDevice",
    };

    private readonly Uri? _single;
    private readonly EsetRegion _region;

    private EsetPlace(Uri? single, bool isOnPrem, EsetRegion region) => (_single, IsOnPrem, _region) = (single, isOnPrem, region);

    public bool IsOnPrem { get; }

    /// <summary>The console's address, or the region's name.</summary>
    public string Name => IsOnPrem ? _single!.GetLeftPart(UriPartial.Authority) : RegionName(_region);

    public Uri SignIn => new(Of(SignInService), IsOnPrem ? "/GetTokens" : "/oauth/token");

    public static EsetPlace Cloud(EsetRegion region) => new(null, isOnPrem: false, region);

    public static EsetPlace Console(Uri origin) => new(origin, isOnPrem: true, default);

    public static EsetPlace From(EsetSettings settings) => settings switch
    {
        { Deployment: EsetDeployment.Onprem } => Console(ConsoleAddress.Origin(settings.ServerUrl!)),
        { SimulatorUrl: { } simulator } => new(new Uri(simulator), isOnPrem: false, settings.Region),
        _ => Cloud(settings.Region),
    };

    public static string RegionName(EsetRegion region) => region.ToString().ToLowerInvariant();

    /// <summary>The origin that answers for one service.</summary>
    public Uri Of(string service) => _single
        ?? new($"https://{RegionName(_region)}.{(service == SignInService ? "business-account.iam" : service)}.eset.systems");

    public string? TemplateFor(RestOperation operation)
        => IsOnPrem ? ConsolePaths.GetValueOrDefault($"{operation.Method} {operation.Template}") : null;
}
