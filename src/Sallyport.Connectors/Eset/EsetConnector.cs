using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Sallyport.Connectors.Eset.Access;
using Sallyport.Connectors.Eset.Drift;
using Sallyport.Connectors.Eset.Guides;
using Sallyport.Connectors.Eset.Observing;
using Sallyport.Connectors.Eset.RequestTenants;
using Sallyport.Connectors.Eset.Sources;
using Sallyport.Core;
using Sallyport.Core.Operating;
using Sallyport.Core.Prompts;
using Sallyport.Core.RequestTenants;
using Sallyport.Core.Settings;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset;

/// <summary>ESET Connect in the cloud and ESET PROTECT consoles.</summary>
public sealed partial class EsetConnector : IConnector, IRequestTenants
{
    private readonly Lock _lock = new();
    private SignInGuard? _guard;

    public string Id => "eset";

    public string Title => "ESET";

    public IReadOnlyList<string> QuietToolsets { get; } = ["edr", "groups", "installers", "mobile", "patches", "policies", "quarantine", "roles", "tasks"];

    public IReadOnlyDictionary<WorkStep, IReadOnlyList<string>> Steps { get; } = new Dictionary<WorkStep, IReadOnlyList<string>>
    {
        [WorkStep.ListAlerts] = ["eset_detections_latest"],
        [WorkStep.ReadAlert] = ["eset_detection_get"],
        [WorkStep.ReadIncident] = ["eset_incident_context"],
        [WorkStep.FindDevice] = ["eset_search"],
        [WorkStep.LookAtDevice] = ["eset_device_profile"],
        [WorkStep.LookAtUser] = ["eset_user_get"],
        [WorkStep.TraceIndicator] = ["eset_executables_list"],
        [WorkStep.ListWeaknesses] = ["eset_vulnerable_devices_list", "eset_device_vulnerabilities_list"],
        [WorkStep.Contain] = ["eset_task_create", "eset_executable_block"],
        [WorkStep.Record] = ["eset_incident_comment_create"],
        [WorkStep.Retire] = ["eset_device_move"],
    };

    public IReadOnlyList<Tool> Tools => EsetTools.All;

    public IReadOnlyDictionary<string, string> RetiredAliases { get; } = FrozenDictionary.ToFrozenDictionary<string, string>(
    [
        new("auth_o_auth__token", "Tokens are got and renewed by the gate itself and never handed to a model; just call the tool you need."),
    ]);

    public IReadOnlyList<Source> Sources => EsetSources.All;

    public IReadOnlyList<Prompt> Prompts => EsetPrompts.All;

    public IReadOnlyList<ConnectorResource> Resources => EsetResources.All;

    public IReadOnlyList<OperatorCommand> Commands { get; } = [DriftCommand.Command];

    public SettingsType Settings => EsetSettings.Type;

    public void ImportEnvironment(SettingsImport import) => EsetEnvironment.Import(import);

    public IAsyncDisposable Connect(object settings, UpstreamContext context)
    {
        var eset = (EsetSettings)settings;
        if (eset.TakesRequestCredentials)
        {
            throw new UpstreamException(UpstreamFailure.Auth, "This tenant takes its ESET user from each request, and this one brought none.")
            {
                Hint = "Send the ESET user and password as Basic authorization.",
            };
        }

        if (eset.Deployment == EsetDeployment.Onprem)
            TellConsole(eset, context);
        return new EsetClient(eset, context, Guard(context.Time));
    }

    public void CallEnded(in EndedCall call) => EsetWatch.Ended(call, call.Settings as EsetSettings);

    public Task ProbeAsync(IAsyncDisposable client, CancellationToken cancellationToken) => ((EsetClient)client).ProbeAsync(cancellationToken);

    public bool AppliesTo(object settings) => ((EsetSettings)settings).TakesRequestCredentials;

    public RequestTenant Read(object settings, Func<string, string?> header) => EsetRequestTenants.Read((EsetSettings)settings, header);

    private static void TellConsole(EsetSettings eset, UpstreamContext context)
    {
        var log = context.Loggers.CreateLogger("Sallyport.Eset");
        var console = EsetPlace.From(eset).Name;
        LogConsole(log, context.Tenant, console, eset.VerifyCertificate);
        if (!eset.VerifyCertificate)
            LogUnverified(log, context.Tenant);
        if (eset.CloudflareAccess is not null)
            LogAccess(log, context.Tenant);
    }

    /// <summary>One for all clients, so that a refused password stays refused when its client is dropped and made again.</summary>
    private SignInGuard Guard(TimeProvider time)
    {
        lock (_lock)
            return _guard ??= new SignInGuard(time);
    }

    [LoggerMessage(Level = LogLevel.Information, EventName = "onprem_default", Message = "Tenant {Tenant} asks the console {ServerUrl}, certificate checked: {VerifySsl}")]
    private static partial void LogConsole(ILogger logger, string tenant, string serverUrl, bool verifySsl);

    [LoggerMessage(Level = LogLevel.Information, EventName = "eset-access-attached", Message = "Tenant {Tenant}: requests to its ESET console carry the service token of Cloudflare Access")]
    private static partial void LogAccess(ILogger logger, string tenant);

    [LoggerMessage(Level = LogLevel.Warning, EventName = "eset-certificate-unverified",
        Message = "Tenant {Tenant}: the certificate of its ESET console is not checked (verifyCertificate: false)")]
    private static partial void LogUnverified(ILogger logger, string tenant);
}
