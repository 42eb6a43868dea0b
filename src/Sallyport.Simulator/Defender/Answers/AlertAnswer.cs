using System.Text.Json;
using Sallyport.Simulator.Defender.Tables;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Simulator.Defender.Answers;

/// <summary>Writes an alert and what it is about, in the words of either interface.</summary>
internal static class AlertAnswer
{
    public static void Graph(Utf8JsonWriter json, SimulatedTenant tenant, SimulatedAlert alert)
    {
        var (seen, status) = (alert.Detection, DefenderWords.AlertStatus(alert.Detection.State));
        json.WriteStartObject();
        json.WriteString("@odata.type", "#microsoft.graph.security.alert");
        json.WriteString("id", alert.Id);
        json.WriteString("providerAlertId", alert.Id);
        json.WriteString("incidentId", alert.Incident.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("status", DefenderWords.Graph(status));
        json.WriteString("severity", DefenderWords.Graph(DefenderWords.Severity(seen.Kind.Severity)));
        json.WriteString("classification", "unknown");
        json.WriteString("determination", "unknown");
        json.WriteString("serviceSource", DefenderWords.Source(seen));
        json.WriteString("detectionSource", "antivirus");
        json.WriteString("tenantId", tenant.TenantId);
        json.WriteString("title", tenant.TitleOf(alert));
        json.WriteString("description", seen.Description);
        json.WriteString("recommendedActions", "Look at the device's timeline and isolate it if the activity is not expected.");
        json.WriteString("category", seen.Kind.Tactic.ToString());
        json.WriteNull("assignedTo");
        json.WriteString("alertWebUrl", $"https://security.microsoft.com/alerts/{alert.Id}?tid={tenant.TenantId}");
        json.WriteNull("threatFamilyName");
        Techniques(json, seen);
        json.WriteString("createdDateTime", DefenderWords.Time(seen.FirstSeen.AddMinutes(3)));
        json.WriteString("lastUpdateDateTime", DefenderWords.Time(seen.LastSeen.AddMinutes(5)));
        json.WriteString("firstActivityDateTime", DefenderWords.Time(seen.FirstSeen));
        json.WriteString("lastActivityDateTime", DefenderWords.Time(seen.LastSeen));
        json.WriteStartArray("comments");
        json.WriteEndArray();
        json.WriteStartArray("evidence");
        EvidenceAnswer.Graph(json, tenant, seen);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Legacy(Utf8JsonWriter json, SimulatedTenant tenant, SimulatedAlert alert)
    {
        var seen = alert.Detection;
        var device = seen.DeviceIndex is { } index ? tenant.World.Device(index) : null;
        json.WriteStartObject();
        json.WriteString("id", alert.Id);
        json.WriteNumber("incidentId", alert.Incident);
        Common(json, tenant, alert);
        json.WriteString("alertCreationTime", DefenderWords.Time(seen.FirstSeen.AddMinutes(3)));
        json.WriteString("firstEventTime", DefenderWords.Time(seen.FirstSeen));
        json.WriteString("lastEventTime", DefenderWords.Time(seen.LastSeen));
        json.WriteString("machineId", device is null ? null : DeviceTables.IdOf(device));
        json.WriteString("computerDnsName", device?.Fqdn);
        json.WriteString("aadTenantId", tenant.TenantId);
        json.WriteStartArray("evidence");
        EvidenceAnswer.Legacy(json, tenant, seen);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The older interface names an alert's members differently when it is inside an incident.</summary>
    public static void LegacyInIncident(Utf8JsonWriter json, SimulatedTenant tenant, SimulatedAlert alert)
    {
        var seen = alert.Detection;
        json.WriteStartObject();
        json.WriteString("alertId", alert.Id);
        Common(json, tenant, alert);
        json.WriteString("serviceSource", "MicrosoftDefenderForEndpoint");
        json.WriteString("creationTime", DefenderWords.Time(seen.FirstSeen.AddMinutes(3)));
        json.WriteString("firstActivity", DefenderWords.Time(seen.FirstSeen));
        json.WriteString("lastActivity", DefenderWords.Time(seen.LastSeen));
        json.WriteStartArray("devices");
        if (seen.DeviceIndex is { } index && tenant.World.Device(index) is var device)
        {
            json.WriteStartObject();
            json.WriteString("mdatpDeviceId", DeviceTables.IdOf(device));
            json.WriteString("deviceDnsName", device.Fqdn);
            json.WriteString("osPlatform", device.System.Name);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("entities");
        EvidenceAnswer.Legacy(json, tenant, seen);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Common(Utf8JsonWriter json, SimulatedTenant tenant, SimulatedAlert alert)
    {
        json.WriteString("title", tenant.TitleOf(alert));
        json.WriteString("description", alert.Detection.Description);
        json.WriteString("severity", DefenderWords.Severity(alert.Detection.Kind.Severity));
        json.WriteString("status", DefenderWords.AlertStatus(alert.Detection.State));
        json.WriteString("category", alert.Detection.Kind.Tactic.ToString());
        json.WriteString("detectionSource", "WindowsDefenderAv");
        json.WriteNull("threatFamilyName");
        json.WriteNull("assignedTo");
        Techniques(json, alert.Detection);
    }

    private static void Techniques(Utf8JsonWriter json, Detection seen)
    {
        json.WriteStartArray("mitreTechniques");
        if (seen.Kind.Technique.Length > 0)
            json.WriteStringValue(seen.Kind.Technique);
        json.WriteEndArray();
    }
}
