using System.Text.Json;
using Sallyport.Simulator.Vectra.Entities;

namespace Sallyport.Simulator.Vectra.Investigations;

/// <summary>An assignment on the wire.</summary>
internal static class AssignmentWire
{
    public static void Write(Utf8JsonWriter json, Assignment? assignment)
    {
        if (assignment is null)
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartObject();
        json.WriteNumber("id", assignment.Id);
        json.WritePropertyName("assigned_by");
        PlatformUser.ApiClient.WriteShort(json);
        json.WritePropertyName("assigned_to");
        assignment.AssignedTo.WriteShort(json);
        json.WriteString("date_assigned", VectraTime.Text(assignment.Assigned));
        json.WriteString("date_resolved", assignment.Resolved is { } time ? VectraTime.Text(time) : null);
        json.WritePropertyName("resolved_by");
        if (assignment.ResolvedBy is { } resolver)
            resolver.WriteShort(json);
        else
            json.WriteNullValue();
        json.WritePropertyName("outcome");
        Write(json, assignment.Outcome);
        WriteId(json, "host_id", assignment.Entity, EntityKind.Host);
        WriteId(json, "account_id", assignment.Entity, EntityKind.Account);
        json.WriteStartObject("triaged_detections");
        json.WriteEndObject();
        json.WriteStartArray("events");
        foreach (var happened in assignment.Events)
            Write(json, assignment.Id, happened);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Outcome? outcome)
    {
        if (outcome is null)
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartObject();
        json.WriteNumber("id", outcome.Id);
        json.WriteBoolean("builtin", true);
        json.WriteBoolean("user_selectable", true);
        json.WriteString("title", outcome.Title);
        json.WriteString("category", outcome.Category);
        json.WriteEndObject();
    }

    private static void WriteId(Utf8JsonWriter json, string name, EntityRow entity, EntityKind kind)
    {
        if (entity.Kind == kind)
            json.WriteNumber(name, entity.Id);
        else
            json.WriteNull(name);
    }

    private static void Write(Utf8JsonWriter json, int assignmentId, AssignmentEvent happened)
    {
        json.WriteStartObject();
        json.WriteNumber("assignment_id", assignmentId);
        json.WriteNumber("actor", happened.Actor);
        json.WriteString("event_type", happened.Type);
        json.WriteString("datetime", VectraTime.Text(happened.Time));
        json.WriteStartObject("context");
        if (happened.To is { } to)
            json.WriteNumber("to", to);
        json.WriteNumber("entity_t_score", 0);
        json.WriteNumber("entity_c_score", 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
