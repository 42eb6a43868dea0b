using System.Text.Json;
using Sallyport.Simulator.DefectDojo.Store;

namespace Sallyport.Simulator.DefectDojo.Answers;

/// <summary>Writes an object's members in the order in which the platform's serializer writes them.</summary>
internal static class RowAnswer
{
    /// <summary>The members that are not columns are written by <paramref name="computed"/>, which says whether it knew the name.</summary>
    public static void Write(Utf8JsonWriter json, Row row, ReadOnlySpan<string> members, Func<Utf8JsonWriter, string, bool> computed, bool withPrefetch)
    {
        json.WriteStartObject();
        json.WriteNumber("id", row.Id);
        foreach (var member in members)
        {
            json.WritePropertyName(member);
            if (!computed(json, member))
                Column(json, row, member);
        }

        if (withPrefetch)
            DojoPage.Prefetch(json);
        json.WriteEndObject();
    }

    public static void Texts(Utf8JsonWriter json, IEnumerable<string> texts)
    {
        json.WriteStartArray();
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    public static bool Empty(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        json.WriteEndArray();
        return true;
    }

    public static void Notes(Utf8JsonWriter json, Row row)
    {
        json.WriteStartArray();
        foreach (var note in row.Notes)
            Note(json, note);
        json.WriteEndArray();
    }

    public static void Note(Utf8JsonWriter json, Note note)
    {
        var time = Row.Time(note.Written);
        json.WriteStartObject();
        json.WriteNumber("id", note.Id);
        json.WritePropertyName("author");
        Author(json);
        json.WriteNull("editor");
        Empty(json, "history");
        json.WritePropertyName("note_type");
        if (note.Type is { } type)
            type.WriteTo(json);
        else
            json.WriteNullValue();
        json.WriteString("entry", note.Entry);
        json.WriteString("date", time);
        json.WriteBoolean("private", note.IsPrivate);
        json.WriteBoolean("edited", false);
        json.WriteString("edit_time", time);
        json.WriteEndObject();
    }

    public static void Author(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("id", 1);
        json.WriteString("username", "admin");
        json.WriteString("first_name", "Ada");
        json.WriteString("last_name", "Min");
        json.WriteEndObject();
    }

    private static void Empty(Utf8JsonWriter json, string name)
    {
        json.WriteStartArray(name);
        json.WriteEndArray();
    }

    private static void Column(Utf8JsonWriter json, Row row, string member)
    {
        if (member == "tags")
            Texts(json, row.Tags);
        else if (member == "notes")
            Notes(json, row);
        else if (row[member] is { } value)
            value.WriteTo(json);
        else
            json.WriteNullValue();
    }
}
