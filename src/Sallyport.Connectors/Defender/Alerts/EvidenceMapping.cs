using System.Text.Json;

namespace Sallyport.Connectors.Defender.Alerts;

/// <summary>Gathers what alerts are about, each thing once with the alerts that name it.</summary>
internal static class EvidenceMapping
{
    public const int MaxEntities = 500;

    private const int MaxDetails = 24;
    private const string GraphPrefix = "#microsoft.graph.security.";

    private static readonly string[] NoDetails = ["verdict", "roles", "tags", "remediationStatus", "remediationStatusDetails", "createdDateTime", "evidenceCreationTime", "detailedRoles", "entityType"];

    public static bool IsDevice(JsonElement evidence) => TypeOf(evidence) == "deviceEvidence";

    public static IReadOnlyList<EntitySummary> Of(IEnumerable<JsonElement> alerts)
    {
        var found = new Dictionary<(string, string), EntitySummary>();
        foreach (var alert in alerts)
        {
            var alertId = alert.Text("id") ?? alert.Text("alertId");
            foreach (var entity in alert.Items("evidence").Concat(alert.Items("entities")).Select(Read).Concat(alert.Items("devices").Select(LegacyDevice)))
            {
                var key = (entity.Type, entity.Id ?? entity.Name ?? $"{found.Count}");
                string[] ids = alertId is null ? [] : [alertId];
                found[key] = found.TryGetValue(key, out var known) ? known with { AlertIds = [.. known.AlertIds.Union(ids)] } : entity with { AlertIds = ids };
            }
        }

        return [.. found.Values];
    }

    private static string TypeOf(JsonElement evidence)
    {
        var type = evidence.Text("@odata.type") ?? "";
        return type.StartsWith(GraphPrefix, StringComparison.Ordinal) ? type[GraphPrefix.Length..] : type;
    }

    private static EntitySummary Read(JsonElement evidence)
    {
        var (type, id, name) = TypeOf(evidence) switch
        {
            "deviceEvidence" => ("device", evidence.Text("mdeDeviceId"), evidence.Text("deviceDnsName")),
            "userEvidence" => ("user", evidence.Text("userAccount", "azureAdUserId") ?? evidence.Text("userAccount", "userSid"), evidence.Text("userAccount", "userPrincipalName") ?? evidence.Text("userAccount", "accountName")),
            "ipEvidence" => ("ip", evidence.Text("ipAddress"), evidence.Text("ipAddress")),
            "urlEvidence" => ("url", evidence.Text("url"), evidence.Text("url")),
            "fileEvidence" => ("file", evidence.Text("fileDetails", "sha256") ?? evidence.Text("fileDetails", "sha1"), evidence.Text("fileDetails", "fileName")),
            "processEvidence" => ("process", Joined(evidence.Text("mdeDeviceId"), evidence.Text("processId"), evidence.Text("processCreationDateTime")), evidence.Text("imageFile", "fileName")),
            "mailboxEvidence" => ("mailbox", evidence.Text("primaryAddress"), evidence.Text("displayName")),
            "analyzedMessageEvidence" => ("mail_message", evidence.Text("networkMessageId"), evidence.Text("subject")),
            "registryKeyEvidence" or "registryValueEvidence" => ("registry_key", evidence.Text("registryKey"), evidence.Text("registryKey")),
            "cloudApplicationEvidence" => ("cloud_application", evidence.Text("appId"), evidence.Text("displayName")),
            _ => Legacy(evidence),
        };
        return new EntitySummary(type, id, name, Vocabulary.ToCaller(evidence.Text("verdict")), evidence.Texts("roles"), [], Details(evidence));
    }

    private static (string Type, string? Id, string? Name) Legacy(JsonElement entity) => entity.Text("entityType") switch
    {
        "User" => ("user", entity.Text("aadUserId") ?? entity.Text("userSid"), entity.Text("userPrincipalName") ?? entity.Text("accountName")),
        "Ip" => ("ip", entity.Text("ipAddress"), entity.Text("ipAddress")),
        "Url" => ("url", entity.Text("url"), entity.Text("url")),
        "File" => ("file", entity.Text("sha256") ?? entity.Text("sha1"), entity.Text("fileName")),
        "Process" => ("process", Joined(entity.Text("deviceId"), entity.Text("processId"), entity.Text("processCreationTime")), entity.Text("fileName")),
        "MailBox" => ("mailbox", entity.Text("mailboxAddress"), entity.Text("mailboxDisplayName")),
        "MailMessage" or "MailCluster" => ("mail_message", entity.Text("networkMessageId"), entity.Text("subject")),
        "Registry" => ("registry_key", entity.Text("registryKey"), entity.Text("registryKey")),
        _ => ("other", null, null),
    };

    private static EntitySummary LegacyDevice(JsonElement device) => new(
        "device", device.Text("mdatpDeviceId"), device.Text("deviceDnsName"), Verdict: null, [], [], Details(device));

    private static string? Joined(params ReadOnlySpan<string?> parts)
    {
        var joined = string.Join('-', parts);
        return joined.Trim('-').Length == 0 ? null : joined;
    }

    /// <summary>Plain members, and those one level below by joined names; lists and deeper levels are left to hunting.</summary>
    private static Dictionary<string, string> Details(JsonElement evidence)
    {
        var details = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(evidence, "", details);
        return details;
    }

    private static void Add(JsonElement from, string prefix, Dictionary<string, string> details)
    {
        foreach (var member in from.EnumerateObject())
        {
            if (details.Count >= MaxDetails)
                return;
            if (member.Name.Contains("@odata.", StringComparison.Ordinal) || Array.IndexOf(NoDetails, member.Name) >= 0)
                continue;
            if (member.Value.ValueKind == JsonValueKind.Object && prefix.Length == 0)
                Add(member.Value, member.Name + ".", details);
            else if (member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                details[prefix + member.Name] = member.Value.GetRawText();
            else if (from.Text(member.Name) is { Length: > 0 } text)
                details[prefix + member.Name] = text;
        }
    }
}
