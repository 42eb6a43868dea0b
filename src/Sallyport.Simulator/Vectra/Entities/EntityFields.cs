using System.Text.Json;
using Sallyport.Simulator.Vectra.Detections;
using Sallyport.Simulator.Vectra.Investigations;
using Sallyport.Simulator.Vectra.Pages;
using static Sallyport.Simulator.Vectra.Pages.Field;

namespace Sallyport.Simulator.Vectra.Entities;

/// <summary>An entity, a host and an account on the wire, member by member in the order of the wire.</summary>
internal static class EntityFields
{
    public static readonly FieldTable<EntityView> Entity = new(
        Number<EntityView>("id", static e => e.Row.Id),
        Text<EntityView>("name", static e => e.Name),
        Text<EntityView>("type", static e => e.Row.KindText),
        Text<EntityView>("entity_type", static e => e.Row.KindText),
        Text<EntityView>("ip", static e => e.IsHost ? e.Device.Address : null),
        Text<EntityView>("state", static e => e.State),
        Text<EntityView>("severity", static e => e.Score.Severity),
        Flag<EntityView>("is_prioritized", static e => e.Score.IsPrioritized),
        Number<EntityView>("urgency_score", static e => e.Score.Urgency),
        Number<EntityView>("importance", static e => e.Row.Importance),
        Number<EntityView>("entity_importance", static e => e.Row.Importance),
        Number<EntityView>("attack_rating", static e => e.Score.AttackRating),
        Text<EntityView>("attack_profile", static e => e.Score.IsActive ? e.Score.Profile : null),
        Number<EntityView>("breadth_contrib", static e => e.Score.Breadth),
        Number<EntityView>("velocity_contrib", static e => e.Score.Velocity),
        Time<EntityView>("last_detection_timestamp", static e => e.Score.LastDetection),
        Time<EntityView>("last_modified_timestamp", static e => e.Modified),
        Texts<EntityView>("detection_set", static e => e.DetectionUrls),
        Notes(),
        Texts<EntityView>("tags", static e => e.Row.Tags),
        Texts<EntityView>("sensors", static e => [e.SensorName]),
        Null<EntityView>("privilege_level"),
        Null<EntityView>("privilege_category"),
        new("host_type", static (json, e) => WriteKinds(json, e.IsHost ? "network" : null)),
        new("account_type", static (json, e) => WriteKinds(json, e.IsHost ? null : "o365")),
        Text<EntityView>("url", static e => e.Url));

    public static readonly FieldTable<EntityView> Host = new(
        Number<EntityView>("id", static h => h.Row.Id),
        Text<EntityView>("name", static h => h.Name),
        Text<EntityView>("url", static h => h.Url),
        Text<EntityView>("ip", static h => h.Device.Address),
        Text<EntityView>("last_source", static h => h.Device.Address),
        Texts<EntityView>("previous_ips", static h => h.Device.Leases[..^1].Select(static lease => lease.Address)),
        Text<EntityView>("state", static h => h.State),
        Number<EntityView>("threat", static h => h.Score.Threat),
        Number<EntityView>("certainty", static h => h.Score.Certainty),
        Text<EntityView>("severity", static h => h.Score.Severity.ToLowerInvariant()),
        Flag<EntityView>("is_key_asset", static h => h.Row.IsKeyAsset),
        Flag<EntityView>("key_asset", static h => h.Row.IsKeyAsset),
        Flag<EntityView>("is_targeting_key_asset", static h => h.Row.Detections.Any(static d => d.IsActive && d.TargetsKeyAsset)),
        Flag<EntityView>("has_active_traffic", static h => h.Score.IsActive),
        Text<EntityView>("host_luid", static h => "." + h.Device.Id.ToString("N")[..7]),
        Nothing<EntityView>("host_session_luids"),
        new("host_artifact_set", WriteArtifacts),
        Summaries(),
        Text<EntityView>("detection_profile", static h => h.Score.IsActive ? h.Score.Profile : null),
        Nothing<EntityView>("campaign_summaries"),
        Nothing<EntityView>("groups"),
        new("assignment", static (json, h) => AssignmentWire.Write(json, h.Assignment)),
        Text<EntityView>("assigned_to", static h => h.Assignment?.AssignedTo.Username),
        Time<EntityView>("assigned_date", static h => h.Assignment?.Assigned),
        Time<EntityView>("last_detection_timestamp", static h => h.Score.LastDetection),
        Time<EntityView>("last_seen", static h => h.Device.LastSeen),
        Time<EntityView>("last_modified", static h => h.Modified ?? h.Device.LastSeen),
        Null<EntityView>("ldap"),
        Text<EntityView>("note", static h => h.Note),
        Notes(),
        Text<EntityView>("note_modified_by", static h => h.Row.Notes.LastOrDefault()?.CreatedBy),
        Time<EntityView>("note_modified_timestamp", static h => Note.LastChange(h.Row.Notes)),
        Null<EntityView>("privilege_level"),
        Null<EntityView>("privilege_category"),
        Text<EntityView>("probable_owner", static h => h.OwnerName),
        Text<EntityView>("sensor", static h => h.Sensor.Serial),
        Text<EntityView>("sensor_name", static h => h.SensorName),
        Texts<EntityView>("tags", static h => h.Row.Tags));

    public static readonly FieldTable<EntityView> Account = new(
        Number<EntityView>("id", static a => a.Row.Id),
        Text<EntityView>("name", static a => a.Name),
        Text<EntityView>("url", static a => a.Url),
        Texts<EntityView>("account_type", static _ => ["o365"]),
        Text<EntityView>("state", static a => a.State),
        Number<EntityView>("threat", static a => a.Score.Threat),
        Number<EntityView>("certainty", static a => a.Score.Certainty),
        Text<EntityView>("severity", static a => a.Score.Severity),
        Number<EntityView>("privilege_level", static a => a.User.IsPrivileged ? 8 : null),
        Text<EntityView>("privilege_category", static a => a.User.IsPrivileged ? "High" : null),
        Null<EntityView>("probable_home"),
        Nothing<EntityView>("associated_accounts"),
        Nothing<EntityView>("sensors"),
        Null<EntityView>("data_source"),
        Texts<EntityView>("detection_set", static a => a.DetectionUrls),
        Summaries(),
        new("assignment", static (json, a) => AssignmentWire.Write(json, a.Assignment)),
        List<EntityView, Assignment>("past_assignments", static a => a.PastAssignments, static (json, _, past) => AssignmentWire.Write(json, past)),
        Time<EntityView>("last_detection_timestamp", static a => a.Score.LastDetection),
        Text<EntityView>("note", static a => a.Note),
        Notes(),
        Text<EntityView>("note_modified_by", static a => a.Row.Notes.LastOrDefault()?.CreatedBy),
        Time<EntityView>("note_modified_timestamp", static a => Note.LastChange(a.Row.Notes)),
        Texts<EntityView>("tags", static a => a.Row.Tags));

    private static Field<EntityView> Notes() => List<EntityView, Note>("notes", static e => e.Row.Notes, static (json, _, note) => note.Write(json));

    private static Field<EntityView> Summaries() => List<EntityView, DetectionRow>("detection_summaries", static e => e.Row.Detections, WriteSummary);

    private static void WriteKinds(Utf8JsonWriter json, string? kind)
    {
        if (kind is null)
            json.WriteNullValue();
        else
            WriteTexts(json, [kind]);
    }

    private static void WriteSummary(Utf8JsonWriter json, EntityView entity, DetectionRow detection)
    {
        json.WriteStartObject();
        json.WriteNumber("detection_id", detection.Id);
        json.WriteString("detection_type", detection.Kind.Name);
        json.WriteString("detection_category", detection.Category.Title);
        json.WriteString("state", detection.State);
        json.WriteNumber("threat", detection.Threat);
        json.WriteNumber("certainty", detection.Certainty);
        json.WriteBoolean("is_triaged", detection.IsTriaged);
        json.WriteBoolean("is_targeting_key_asset", detection.TargetsKeyAsset);
        json.WritePropertyName("tags");
        WriteTexts(json, detection.Tags);
        json.WriteStartObject("summary");
        json.WriteEndObject();
        json.WriteString("assigned_to", entity.Assignment?.AssignedTo.Username);
        json.WriteString("assigned_date", entity.Assignment is { } assignment ? VectraTime.Text(assignment.Assigned) : null);
        json.WriteEndObject();
    }

    private static void WriteArtifacts(Utf8JsonWriter json, EntityView host)
    {
        json.WriteStartArray();
        WriteArtifact(json, "dhcp", host.Device.Name, vendor: null);
        WriteArtifact(json, "mac", host.Device.Mac, host.Device.Vendor);
        json.WriteEndArray();
    }

    private static void WriteArtifact(Utf8JsonWriter json, string type, string value, string? vendor)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("value", value);
        if (vendor is not null)
            json.WriteString("vendor", vendor);
        json.WriteNull("source");
        json.WriteBoolean("siem", false);
        json.WriteEndObject();
    }
}
