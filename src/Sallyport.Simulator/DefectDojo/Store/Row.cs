using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sallyport.Simulator.DefectDojo.Store;

/// <summary>One object of the simulated instance: its columns by the names they have on the wire.</summary>
internal sealed class Row(int id)
{
    private readonly Dictionary<string, JsonNode?> _columns = new(StringComparer.Ordinal);

    public int Id => id;

    public List<string> Tags { get; private set; } = [];

    public List<Note> Notes { get; } = [];

    public JsonNode? this[string column]
    {
        get => _columns.GetValueOrDefault(column);
        set => _columns[column] = value;
    }

    public bool Flag(string column) => this[column] is JsonValue value && value.TryGetValue(out bool flag) && flag;

    public string? Text(string column) => this[column] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public int? Number(string column) => this[column] is JsonValue value && value.TryGetValue(out int number) ? number : null;

    /// <summary>Takes what a request carries for this column.</summary>
    public void Take(string column, JsonElement value) => this[column] = Node(value);

    public void SetTags(IEnumerable<string> tags) => Tags = [.. tags.Distinct(StringComparer.Ordinal)];

    public void Touch(DateTimeOffset now, params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
            this[column] = Time(now);
    }

    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static JsonNode? Node(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.Object => JsonObject.Create(value.Clone()),
        JsonValueKind.Array => JsonArray.Create(value.Clone()),
        _ => JsonValue.Create(value.Clone()),
    };
}

/// <summary>A remark on a finding.</summary>
internal sealed record Note(int Id, string Entry, DateTimeOffset Written, bool IsPrivate, NoteType? Type);
