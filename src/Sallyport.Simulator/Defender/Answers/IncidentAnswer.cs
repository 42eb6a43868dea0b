using System.Globalization;
using System.Text.Json;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Simulator.Defender.Answers;

/// <summary>Writes an incident as it stands after what analysts changed, in the words of either interface.</summary>
internal static class IncidentAnswer
{
    public static void Graph(Utf8JsonWriter json, SimulatedTenant tenant, int index, bool withAlerts)
    {
        var (incident, change) = Told(tenant, index);
        json.WriteStartObject();
        json.WriteString("@odata.type", "#microsoft.graph.security.incident");
        json.WriteString("id", incident.Number.ToString(CultureInfo.InvariantCulture));
        json.WriteString("tenantId", tenant.TenantId);
        json.WriteString("incidentWebUrl", $"https://security.microsoft.com/incidents/{incident.Number}?tid={tenant.TenantId}");
        json.WriteNull("redirectIncidentId");
        json.WriteString("displayName", incident.Title + tenant.TitleNote);
        json.WriteNull("description");
        json.WriteString("createdDateTime", DefenderWords.Time(incident.Created));
        json.WriteString("lastUpdateDateTime", DefenderWords.Time(incident.Updated));
        json.WriteString("assignedTo", change.AssignedTo ?? incident.AssignedTo);
        json.WriteString("classification", change.Classification ?? "unknown");
        json.WriteString("determination", change.Determination ?? "unknown");
        json.WriteString("status", DefenderWords.Graph(change.Status ?? DefenderWords.Status(incident.Status)));
        json.WriteString("severity", DefenderWords.Graph(DefenderWords.Severity(incident.Severity)));
        Texts(json, "customTags", change.Tags ?? []);
        Texts(json, "systemTags", []);
        Texts(json, "comments", []);
        if (withAlerts)
        {
            json.WriteStartArray("alerts");
            foreach (var alert in tenant.AlertsOf(index))
                AlertAnswer.Graph(json, tenant, alert);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    public static void Legacy(Utf8JsonWriter json, SimulatedTenant tenant, int index)
    {
        var (incident, change) = Told(tenant, index);
        json.WriteStartObject();
        json.WriteNumber("incidentId", incident.Number);
        json.WriteNull("redirectIncidentId");
        json.WriteString("incidentName", incident.Title + tenant.TitleNote);
        json.WriteString("createdTime", DefenderWords.Time(incident.Created));
        json.WriteString("lastUpdateTime", DefenderWords.Time(incident.Updated));
        json.WriteString("assignedTo", change.AssignedTo ?? incident.AssignedTo);
        json.WriteString("classification", change.Classification ?? "Unknown");
        json.WriteString("determination", change.Determination ?? "NotAvailable");
        json.WriteString("status", change.Status ?? DefenderWords.Status(incident.Status));
        json.WriteString("severity", DefenderWords.Severity(incident.Severity));
        Texts(json, "tags", change.Tags ?? []);
        Texts(json, "comments", []);
        json.WriteStartArray("alerts");
        foreach (var alert in tenant.AlertsOf(index))
            AlertAnswer.LegacyInIncident(json, tenant, alert);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static (Incident Incident, IncidentChange Change) Told(SimulatedTenant tenant, int index)
        => (tenant.World.Incident(index), tenant.Changes.GetValueOrDefault(index) ?? new());

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
