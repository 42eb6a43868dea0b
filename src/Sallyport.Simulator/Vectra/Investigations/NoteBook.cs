using System.Collections.Immutable;

namespace Sallyport.Simulator.Vectra.Investigations;

/// <summary>Something that notes can be written on.</summary>
internal interface INoted
{
    ImmutableArray<Note> Notes { get; set; }
}

/// <summary>Writes, changes and removes notes; one writer at a time, readers see a list that does not change under them.</summary>
internal sealed class NoteBook(TimeProvider time)
{
    private const int FirstSeeded = 1_000_000;
    private const string Author = "api-client";

    private readonly Lock _gate = new();
    private int _last = 18;

    /// <summary>The notes that the story comes with: a few, by the index of what they are on.</summary>
    public static ImmutableArray<Note> Seeded(int index, DateTimeOffset time) => index % 19 != 3 ? [] :
        [new(FirstSeeded + index, "Checked with the owner, expected for now.", time.AddDays(-2), "ana.lyst@contoso.example")];

    public Note Add(INoted on, string text)
    {
        lock (_gate)
        {
            var note = new Note(++_last, text, time.GetUtcNow(), Author);
            on.Notes = on.Notes.Add(note);
            return note;
        }
    }

    /// <summary>The changed note, or null when there is none with that id.</summary>
    public Note? Change(INoted on, long id, string text)
    {
        lock (_gate)
        {
            if (on.Notes.FirstOrDefault(note => note.Id == id) is not { } old)
                return null;
            var changed = old with { Text = text, Modified = time.GetUtcNow(), ModifiedBy = Author };
            on.Notes = on.Notes.Replace(old, changed);
            return changed;
        }
    }

    public bool Remove(INoted on, long id)
    {
        lock (_gate)
        {
            var before = on.Notes.Length;
            on.Notes = on.Notes.RemoveAll(note => note.Id == id);
            return on.Notes.Length < before;
        }
    }
}
