using Sallyport.Connectors.Defender.Access;
using Sallyport.Connectors.Defender.Alerts;
using Sallyport.Connectors.Defender.Devices;
using Sallyport.Connectors.Defender.Hunting;
using Sallyport.Connectors.Defender.Incidents;
using Sallyport.Connectors.Defender.Sources;
using Sallyport.Core;
using Sallyport.Core.Prompts;
using Sallyport.Core.Settings;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Defender;

/// <summary>Microsoft Defender XDR: hunting, incidents, alerts and device isolation, over Microsoft Graph or the older interfaces.</summary>
internal sealed class DefenderConnector : IConnector
{
    public string Id => "defender";

    public string Title => "Microsoft Defender XDR";

    public IReadOnlyDictionary<WorkStep, IReadOnlyList<string>> Steps { get; } = new Dictionary<WorkStep, IReadOnlyList<string>>
    {
        [WorkStep.ListAlerts] = ["defender_alerts_list"],
        [WorkStep.ReadAlert] = ["defender_alert_get"],
        [WorkStep.ReadIncident] = ["defender_incident_get"],
        [WorkStep.FindDevice] = ["defender_hunting_query"],
        [WorkStep.LookAtDevice] = ["defender_device_timeline"],
        [WorkStep.LookAtUser] = ["defender_user_timeline"],
        [WorkStep.TraceIndicator] = ["defender_file_timeline", "defender_ip_timeline", "defender_url_timeline"],
        [WorkStep.Contain] = ["defender_device_isolate"],
        [WorkStep.Record] = ["defender_incident_update"],
    };

    public IReadOnlyList<Tool> Tools => field ??= [.. HuntingTools.All, SchemaTool.Tool, .. IncidentTools.All, .. AlertTools.All, .. DeviceTools.All];

    public IReadOnlyList<Source> Sources => DefenderSources.All;

    public SettingsType Settings => field ??= SettingsType.Of(static () => DefenderSettingsJson.Default.DefenderSettings, DefenderSettings.Check);

    public void ImportEnvironment(SettingsImport import) => DefenderImport.Import(import);

    public IAsyncDisposable Connect(object settings, UpstreamContext context) => new DefenderClient((DefenderSettings)settings, context);

    /// <summary>The cheapest question that proves credentials and permission: one alert.</summary>
    public async Task ProbeAsync(IAsyncDisposable client, CancellationToken cancellationToken)
    {
        var defender = (DefenderClient)client;
        await defender.ListAsync(new DefenderCall(defender.Operations.ListAlerts, Query: "?$top=1"), limit: 1, cancellationToken);
    }
}
