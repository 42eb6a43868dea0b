using System.Text.Json;

namespace Sallyport.Connectors.Defender.Alerts;

/// <summary>Reads an alert of either interface into the one shape that callers see.</summary>
internal static class AlertMapping
{
    public static AlertSummary Graph(JsonElement alert, bool isWhole = false)
    {
        var device = alert.Items("evidence").FirstOrDefault(EvidenceMapping.IsDevice);
        return new AlertSummary(
            alert.Text("id"), alert.Text("title"), Vocabulary.ToCaller(alert.Text("severity")), Vocabulary.ToCaller(alert.Text("status")), alert.Text("category"),
            device.Text("mdeDeviceId"), device.Text("deviceDnsName"), alert.Text("firstActivityDateTime"), alert.Text("lastActivityDateTime"),
            alert.Text("detectionSource"), alert.Text("threatFamilyName"), alert.Text("incidentId"), alert.Text("createdDateTime"), alert.Text("serviceSource"),
            alert.Texts("mitreTechniques"), alert.Text("assignedTo"), Vocabulary.Link(alert.Text("alertWebUrl")),
            isWhole ? alert.Text("description") : null, isWhole ? alert.Text("recommendedActions") : null);
    }

    /// <summary>Alerts in a list and alerts in an incident name the same things differently.</summary>
    public static AlertSummary Legacy(JsonElement alert, bool isWhole = false)
    {
        var device = alert.Items("devices").FirstOrDefault();
        return new AlertSummary(
            alert.Text("id") ?? alert.Text("alertId"), alert.Text("title"), Vocabulary.ToCaller(alert.Text("severity")), alert.Text("status"), alert.Text("category"),
            alert.Text("machineId") ?? device.Text("mdatpDeviceId"), alert.Text("computerDnsName") ?? device.Text("deviceDnsName"),
            alert.Text("firstEventTime") ?? alert.Text("firstActivity"), alert.Text("lastEventTime") ?? alert.Text("lastActivity"),
            alert.Text("detectionSource"), alert.Text("threatFamilyName"), alert.Text("incidentId"), alert.Text("alertCreationTime") ?? alert.Text("creationTime"),
            alert.Text("serviceSource"), alert.Texts("mitreTechniques"), alert.Text("assignedTo"), WebUrl: null,
            isWhole ? alert.Text("description") : null, isWhole ? alert.Text("recommendedAction") : null);
    }
}
