using System.Collections.Immutable;
using System.Text.Json;

namespace Sallyport.Simulator.Vectra.Investigations;

/// <summary>What an analyst wrote on a detection, a host or an account.</summary>
internal sealed record Note(int Id, string Text, DateTimeOffset Created, string CreatedBy)
{
    public DateTimeOffset? Modified { get; init; }

    public string? ModifiedBy { get; init; }

    /// <summary>When anything last changed in these notes.</summary>
    public static DateTimeOffset? LastChange(ImmutableArray<Note> notes)
        => notes.IsEmpty ? null : notes.Max(static note => note.Modified ?? note.Created);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("id", Id);
        json.WriteString("note", Text);
        json.WriteString("date_created", VectraTime.FineText(Created));
        json.WriteString("date_modified", Modified is { } time ? VectraTime.FineText(time) : null);
        json.WriteString("created_by", CreatedBy);
        json.WriteString("modified_by", ModifiedBy);
        json.WriteEndObject();
    }
}
