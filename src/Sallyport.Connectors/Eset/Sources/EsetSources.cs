using Sallyport.Core.Sources;

namespace Sallyport.Connectors.Eset.Sources;

/// <summary>What ESET can say when one question goes to all platforms.</summary>
internal static class EsetSources
{
    private const string Id = "eset";

    public static IReadOnlyList<Source> All { get; } =
    [
        Source.Hosts<EsetClient>(Id, ["eset_devices_list"], EsetHosts.AskAsync) with { Looks = Viewpoint.Agent },
        Source.Users<EsetClient>(Id, ["eset_users_list"], EsetUsers.AskAsync),
        Source.Alerts<EsetClient>(Id, ["eset_detections_list"], EsetAlerts.AskAsync),
        Source.Incidents<EsetClient>(Id, ["eset_incident_get", "eset_detection_get"], EsetIncidents.AskAsync),
        Source.Vulnerabilities<EsetClient>(Id, ["eset_device_vulnerabilities_list", "eset_devices_list"], EsetVulnerabilities.AskAsync),
        Source.Indicators<EsetClient>(Id, ["eset_detections_list"], EsetSightings.AskAsync) with
        {
            Observables = [ObservableKind.Ip, ObservableKind.Domain, ObservableKind.Url, ObservableKind.Sha1, ObservableKind.FileName],
        },
    ];
}
