using System.Text.Json;
using Sallyport.Simulator.Vectra.Entities;
using Sallyport.Simulator.Vectra.Investigations;
using Sallyport.Simulator.Vectra.Pages;
using static Sallyport.Simulator.Vectra.Pages.Field;

namespace Sallyport.Simulator.Vectra.Detections;

/// <summary>A detection on the wire, member by member in the order of the wire.</summary>
internal static class DetectionFields
{
    public static readonly FieldTable<DetectionView> Table = new(
        Number<DetectionView>("id", static d => d.Row.Id),
        Text<DetectionView>("url", static d => d.Links.Api($"detections/{d.Row.Id}")),
        Text<DetectionView>("detection_url", static d => d.Links.Portal($"detections/{d.Row.Id}")),
        Text<DetectionView>("detection", static d => d.Row.Kind.Name),
        Text<DetectionView>("detection_type", static d => d.Row.Kind.Name),
        Text<DetectionView>("category", static d => d.Row.Category.Text).Fixed(),
        Text<DetectionView>("detection_category", static d => d.Row.Category.Text),
        Text<DetectionView>("state", static d => d.Row.State),
        Text<DetectionView>("type", static d => d.Entity.KindText),
        Number<DetectionView>("threat", static d => d.Row.Threat),
        Number<DetectionView>("certainty", static d => d.Row.Certainty),
        Number<DetectionView>("t_score", static d => d.Row.Threat).Fixed(),
        Number<DetectionView>("c_score", static d => d.Row.Certainty).Fixed(),
        Time<DetectionView>("created_timestamp", static d => d.Row.Created),
        Time<DetectionView>("first_timestamp", static d => d.Row.First),
        Time<DetectionView>("last_timestamp", static d => d.Row.Last),
        Flag<DetectionView>("is_triaged", static d => d.Row.IsTriaged),
        Flag<DetectionView>("is_targeting_key_asset", static d => d.Row.TargetsKeyAsset),
        Flag<DetectionView>("is_custom_model", static _ => false),
        Flag<DetectionView>("is_marked_custom", static _ => false),
        Null<DetectionView>("custom_detection"),
        Flag<DetectionView>("filtered_by_ai", static d => d.Row.IsFilteredByAi),
        Flag<DetectionView>("filtered_by_rule", static d => d.Row.IsFilteredByRule),
        Flag<DetectionView>("filtered_by_user", static d => d.Row.ClosedFor == "benign"),
        Number<DetectionView>("triage_rule_id", static d => d.Row.IsTriaged ? 70 + (d.Row.Id % 5) : null),
        Text<DetectionView>("src_ip", static d => d.Row.SourceAddress),
        new("src_account", static (json, d) => WriteEntity(json, d, EntityKind.Account)),
        new("src_host", static (json, d) => WriteEntity(json, d, EntityKind.Host)),
        new("summary", static (json, d) => DetectionEvidence.WriteSummary(json, d)),
        new("grouped_details", static (json, d) => DetectionEvidence.WriteGroups(json, d)),
        Text<DetectionView>("assigned_to", static d => d.Assignment?.AssignedTo.Username),
        Time<DetectionView>("assigned_date", static d => d.Assignment?.Assigned),
        Texts<DetectionView>("tags", static d => d.Row.Tags),
        Nothing<DetectionView>("groups"),
        Text<DetectionView>("note", static d => d.Row.Notes.LastOrDefault()?.Text),
        List<DetectionView, Note>("notes", static d => d.Row.Notes, static (json, _, note) => note.Write(json)),
        Text<DetectionView>("note_modified_by", static d => d.Row.Notes.LastOrDefault()?.CreatedBy),
        Time<DetectionView>("note_modified_timestamp", static d => Note.LastChange(d.Row.Notes)),
        Text<DetectionView>("sensor", static d => Sensor(d).Serial),
        Text<DetectionView>("sensor_name", static d => Sensor(d).Name),
        new("data_source", WriteSource),
        Text<DetectionView>("description", static d => d.Told.Description),
        Text<DetectionView>("reason", static d => d.Row.ClosedFor));

    private static (string Serial, string Name) Sensor(DetectionView detection)
        => VectraHealth.Sensors[detection.Entity.Index % VectraHealth.Sensors.Length];

    private static void WriteEntity(Utf8JsonWriter json, DetectionView detection, EntityKind kind)
    {
        var entity = detection.Entity;
        if (entity.Kind != kind)
        {
            json.WriteNullValue();
            return;
        }
        var score = detection.EntityScore;
        json.WriteStartObject();
        json.WriteNumber("id", entity.Id);
        json.WriteString("name", detection.EntityName);
        if (kind == EntityKind.Host)
            json.WriteString("ip", detection.Row.SourceAddress);
        json.WriteString("url", detection.Links.Api($"{entity.KindText}s/{entity.Id}"));
        if (kind == EntityKind.Host)
        {
            json.WriteBoolean("is_key_asset", entity.IsKeyAsset);
            json.WriteStartArray("groups");
            json.WriteEndArray();
        }
        json.WriteNumber("threat", score.Threat);
        json.WriteNumber("certainty", score.Certainty);
        if (kind == EntityKind.Account)
        {
            json.WriteNull("privilege_level");
            json.WriteNull("privilege_category");
        }
        json.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter json, DetectionView detection)
    {
        json.WriteStartObject();
        json.WriteString("type", detection.IsOfHost ? "network" : detection.Row.Kind.Name.StartsWith("AWS", StringComparison.Ordinal) ? "aws" : "o365");
        json.WriteString("connection_name", detection.IsOfHost ? null : "contoso-cloud");
        json.WriteString("connection_id", detection.IsOfHost ? null : "c1");
        json.WriteEndObject();
    }
}
