using Sallyport.Core.Sources;

namespace Sallyport.Connectors.Vectra.Sources;

/// <summary>What Vectra can say when one question goes to all platforms.</summary>
internal static class VectraSources
{
    private const string Id = "vectra";

    public static IReadOnlyList<Source> All { get; } =
    [
        Source.Hosts<VectraClient>(Id, ["vectra_entities_list", "vectra_host_get"], VectraHosts.AskAsync) with { Looks = Viewpoint.Network },
        Source.Users<VectraClient>(Id, ["vectra_entities_list", "vectra_account_get"], VectraUsers.AskAsync),
        Source.Alerts<VectraClient>(Id, ["vectra_detections_list", "vectra_entity_detections_list"], VectraAlerts.AskAsync),
        Source.Indicators<VectraClient>(Id, ["vectra_detections_list"], VectraSightings.AskAsync) with { Observables = [ObservableKind.Ip, ObservableKind.Domain] },
    ];
}
