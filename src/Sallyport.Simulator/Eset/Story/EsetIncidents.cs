using System.Text.Json.Nodes;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Simulator.Eset.Story;

/// <summary>Incidents as ESET shows them.</summary>
internal static class EsetIncidents
{
    public static JsonObject One(EsetStory story, int index)
    {
        var incident = story.World.Incident(index);
        // ESET sees only what its agents saw of the story.
        var detections = incident.Detections.Where(static which => which.Source == DetectionSource.Endpoint).Select(story.World.Detection).ToList();
        var devices = detections.Where(static detection => detection.DeviceIndex is not null).Select(detection => detection.DeviceIndex!.Value).Distinct().ToList();
        return story.Current(incident.Id, new JsonObject
        {
            ["uuid"] = incident.Id.ToString(),
            ["displayName"] = incident.Title,
            ["description"] = $"Incident {incident.Number}",
            ["severity"] = incident.Severity switch { Severity.Critical or Severity.High => "INCIDENT_SEVERITY_LEVEL_HIGH", Severity.Medium => "INCIDENT_SEVERITY_LEVEL_MEDIUM", _ => "INCIDENT_SEVERITY_LEVEL_LOW" },
            ["status"] = incident.Status switch { IncidentStatus.New => "INCIDENT_STATUS_OPEN", IncidentStatus.InProgress => "INCIDENT_STATUS_IN_PROGRESS", _ => "INCIDENT_STATUS_CLOSED" },
            ["resolveReason"] = incident.Status == IncidentStatus.Resolved ? "INCIDENT_RESOLVE_REASON_TRUE_POSITIVE" : "INCIDENT_RESOLVE_REASON_UNSPECIFIED",
            ["assigneeUuid"] = incident.AssignedTo is null ? "" : story.Id(91).ToString(),
            ["createTime"] = EsetStory.Text(incident.Created),
            ["updateTime"] = EsetStory.Text(incident.Updated),
            ["detectionUuids"] = new JsonArray([.. detections.Select(static detection => (JsonNode)detection.Id.ToString())]),
            ["deviceUuids"] = new JsonArray([.. devices.Select(device => (JsonNode)story.World.Device(device).Id.ToString())]),
            ["metrics"] = new JsonObject { ["deviceCount"] = devices.Count, ["executableCount"] = detections.Count, ["processCount"] = detections.Count },
            ["tags"] = new JsonArray(),
        });
    }
}
