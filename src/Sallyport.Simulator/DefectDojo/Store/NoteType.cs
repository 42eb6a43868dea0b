using System.Text.Json;

namespace Sallyport.Simulator.DefectDojo.Store;

/// <summary>A kind of note that the instance's administrators have set up.</summary>
internal sealed record NoteType(int Id, string Name, string Description, bool IsSingle)
{
    private static readonly NoteType[] All = [new(1, "Sign-off", "Who signed off, once", IsSingle: true), new(2, "Triage", "Triage remark", IsSingle: false)];

    /// <summary>The kind that a new note names; none when it names none.</summary>
    public static NoteType? Asked(JsonElement body, Row finding)
    {
        if (!body.TryGetProperty("note_type", out var named) || named.ValueKind == JsonValueKind.Null)
            return null;
        var type = Array.Find(All, type => named.TryGetInt32(out var id) && type.Id == id) ?? throw DojoRefusal.BareField("note_type", $"Invalid pk \"{named}\" - object does not exist.");
        return type.IsSingle && finding.Notes.Exists(note => note.Type == type) ? throw DojoRefusal.Bare("Only one instance of this note_type allowed on a finding.") : type;
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("id", Id);
        json.WriteString("name", Name);
        json.WriteString("description", Description);
        json.WriteBoolean("is_single", IsSingle);
        json.WriteBoolean("is_active", true);
        json.WriteBoolean("is_mandatory", false);
        json.WriteEndObject();
    }
}
