using System.Text.Json;
using Sallyport.Connectors.Defender.Alerts;

namespace Sallyport.Connectors.Defender.Incidents;

/// <summary>Reads an incident of either interface into the one shape that callers see.</summary>
internal static class IncidentMapping
{
    public static IncidentSummary Summary(JsonElement incident) => new(
        incident.Text("id") ?? incident.Text("incidentId"),
        incident.Text("displayName") ?? incident.Text("incidentName"),
        Vocabulary.ToCaller(incident.Text("severity")),
        Vocabulary.ToCaller(incident.Text("status")),
        Vocabulary.ToCaller(incident.Text("classification")),
        Vocabulary.ToCaller(incident.Text("determination")),
        incident.Text("assignedTo"),
        incident.Text("createdDateTime") ?? incident.Text("createdTime"),
        incident.Text("lastUpdateDateTime") ?? incident.Text("lastUpdateTime"),
        incident.Texts("customTags", "systemTags", "tags"),
        incident.Text("redirectIncidentId"),
        Vocabulary.Link(incident.Text("incidentWebUrl") ?? incident.Text("incidentUri")));

    public static IncidentDetail Detail(JsonElement incident, bool isLegacy, IReadOnlyList<string>? warnings)
    {
        var summary = Summary(incident);
        var alerts = incident.Items("alerts").ToList();
        var entities = EvidenceMapping.Of(alerts);
        return new IncidentDetail(
            summary.IncidentId, summary.Title, summary.Severity, summary.Status, summary.Classification, summary.Determination, summary.AssignedTo,
            summary.CreatedTime, summary.LastUpdateTime, incident.Text("description"), summary.Tags, summary.RedirectIncidentId, summary.WebUrl,
            alerts.Count,
            [.. alerts.Select(alert => isLegacy ? AlertMapping.Legacy(alert, isWhole: true) : AlertMapping.Graph(alert, isWhole: true))],
            [.. entities.Take(EvidenceMapping.MaxEntities)],
            [.. incident.Items("comments").Select(Comment)],
            entities.Count > EvidenceMapping.MaxEntities ? true : null,
            warnings);
    }

    private static IncidentComment Comment(JsonElement comment) => new(
        comment.Text("comment"),
        comment.Text("createdByDisplayName") ?? comment.Text("createdBy"),
        comment.Text("createdDateTime") ?? comment.Text("createdTime"));
}
