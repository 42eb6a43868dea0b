using System.Text.Json;
using Sallyport.Connectors.Eset.Composites;
using Sallyport.Core;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Sources;

/// <summary>One incident with its detections.</summary>
internal static class EsetIncidents
{
    private const string Service = "incident-management";
    private const int MostDetections = 25;

    public static async Task<Answer<SeenIncident>> AskAsync(EsetClient eset, IncidentQuestion question, ToolContext context, CancellationToken cancellationToken)
    {
        // Its ids are uuids; anything else is another platform's.
        if (!Guid.TryParse(question.Id, out var id))
            return new Answer<SeenIncident>([]);
        var parts = new Parts(eset, context);
        JsonElement answer;
        try
        {
            answer = await parts.GetAsync(Service, $"/v2/incidents/{id}", cancellationToken);
        }
        catch (UpstreamException exception) when (exception.Failure == UpstreamFailure.NotFound)
        {
            return new Answer<SeenIncident>([]);
        }

        context.NoteRead("incident", question.Id);
        var incident = answer.Member("incident") ?? answer;
        var detections = incident.Texts("detectionUuids");
        List<SeenAlert> alerts = [];
        foreach (var detection in detections.Where(uuid => Guid.TryParse(uuid, out _)).Take(MostDetections))
        {
            var one = await parts.GetAsync(Service, $"/v2/detections/{detection}", cancellationToken);
            alerts.Add(EsetAlerts.Read(one.Member("detection") ?? one) with { IncidentId = question.Id });
        }

        return new Answer<SeenIncident>(
            [new SeenIncident(
                incident.Text("uuid") ?? question.Id, incident.Text("displayName") ?? "Incident", SourceWire.Severity(incident.Text("severity")), State(incident.Text("status")),
                incident.Time("createTime") ?? DateTimeOffset.UnixEpoch, incident.Time("updateTime"), incident.Text("description").OrNull(), incident.Text("assigneeUuid").OrNull(), alerts.OrNull())],
            null, detections.Count > MostDetections ? $"only {MostDetections} of {detections.Count} detections were read" : null);
    }

    private static WorkState State(string? status) => status switch
    {
        "INCIDENT_STATUS_OPEN" => WorkState.New,
        "INCIDENT_STATUS_IN_PROGRESS" or "INCIDENT_STATUS_WAITING_FOR_INPUT" => WorkState.InProgress,
        "INCIDENT_STATUS_CLOSED" => WorkState.Resolved,
        _ => WorkState.Unknown,
    };
}
