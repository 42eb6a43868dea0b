using Sallyport.Connectors.Defender.Access;
using Sallyport.Connectors.Defender.Incidents;
using Sallyport.Core;
using Sallyport.Core.Sources;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Defender.Sources;

/// <summary>One incident with its alerts.</summary>
internal static class DefenderIncidents
{
    public static async Task<Answer<SeenIncident>> AskAsync(DefenderClient client, IncidentQuestion question, ToolContext context, CancellationToken cancellationToken)
    {
        // Its ids are numbers; anything else is another platform's.
        if (question.Id.Length > 20 || !question.Id.All(char.IsAsciiDigit))
            return new Answer<SeenIncident>([]);
        try
        {
            using var document = await client.ReadAsync(new DefenderCall(client.Operations.GetIncident, question.Id, client.IsLegacy ? "" : "?$expand=alerts"), cancellationToken);
            var (incident, summary) = (document.RootElement, IncidentMapping.Summary(document.RootElement));
            context.NoteRead("incident", question.Id);
            return new Answer<SeenIncident>([new SeenIncident(
                summary.IncidentId ?? question.Id, summary.Title ?? "Incident", SourceWire.Severity(summary.Severity), DefenderAlerts.State(summary.Status),
                incident.Time("createdDateTime") ?? incident.Time("createdTime") ?? DateTimeOffset.UnixEpoch, incident.Time("lastUpdateDateTime") ?? incident.Time("lastUpdateTime"),
                incident.Text("description"), summary.AssignedTo, incident.Items("alerts").Select(DefenderAlerts.Read).OrNull())]);
        }
        catch (UpstreamException exception) when (exception.Failure == UpstreamFailure.NotFound)
        {
            return new Answer<SeenIncident>([]);
        }
    }
}
