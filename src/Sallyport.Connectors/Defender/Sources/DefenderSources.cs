using Sallyport.Core.Sources;

namespace Sallyport.Connectors.Defender.Sources;

/// <summary>What Defender can say when one question goes to all platforms.</summary>
internal static class DefenderSources
{
    private const string Id = "defender";

    public static IReadOnlyList<Source> All { get; } =
    [
        Source.Hosts<DefenderClient>(Id, ["defender_hunting_query"], DefenderHosts.AskAsync) with { Looks = Viewpoint.Agent },
        Source.Users<DefenderClient>(Id, ["defender_hunting_query"], DefenderUsers.AskAsync),
        Source.Alerts<DefenderClient>(Id, ["defender_alerts_list", "defender_alert_get"], DefenderAlerts.AskAsync),
        Source.Incidents<DefenderClient>(Id, ["defender_incident_get"], DefenderIncidents.AskAsync),
        Source.Vulnerabilities<DefenderClient>(Id, ["defender_hunting_query"], DefenderVulnerabilities.AskAsync),
        Source.Indicators<DefenderClient>(Id, ["defender_hunting_query"], DefenderSightings.AskAsync) with
        {
            Observables = [ObservableKind.Ip, ObservableKind.Domain, ObservableKind.Url, ObservableKind.Sha256, ObservableKind.Sha1, ObservableKind.FileName, ObservableKind.Email],
        },
    ];
}
