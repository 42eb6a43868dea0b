using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sallyport.Connectors.DefectDojo.Results;

/// <summary>Cuts the platform's objects down to what is handed out; a member that is missing upstream is null.</summary>
internal static class Projection
{
    public static JsonObject Of(JsonElement upstream, IReadOnlyList<string> members)
    {
        var result = new JsonObject();
        foreach (var member in members)
        {
            result[member] = member switch
            {
                "notes" => new JsonArray([.. upstream.Items("notes").Select(Note)]),
                "vulnerability_ids" => Flat(upstream, "vulnerability_ids", "vulnerability_id"),
                "cwes" => Flat(upstream, "cwes", "cwe"),
                "context" => Context(upstream),
                _ => upstream.Member(member) is { } value ? Node(value) : null,
            };
        }

        return result;
    }

    public static JsonObject Page(JsonElement upstream, int limit, int offset, IReadOnlyList<string> members) => new()
    {
        ["count"] = upstream.Member("count") is { ValueKind: JsonValueKind.Number } count ? Node(count) : null,
        ["limit"] = limit,
        ["offset"] = offset,
        ["next_offset"] = upstream.Text("next") is null ? null : offset + limit,
        ["results"] = new JsonArray([.. upstream.Items("results").Select(item => Of(item, members))]),
    };

    public static JsonNode Note(JsonElement note) => new JsonObject
    {
        ["id"] = Copy(note, "id"),
        ["entry"] = Copy(note, "entry"),
        ["author"] = note.Text("author", "username"),
        ["date"] = Copy(note, "date"),
        ["private"] = Copy(note, "private"),
        ["edited"] = Copy(note, "edited"),
        ["edit_time"] = Copy(note, "edit_time"),
        ["note_type"] = note.Text("note_type", "name"),
    };

    public static JsonNode? Node(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.Object => JsonObject.Create(value),
        JsonValueKind.Array => JsonArray.Create(value),
        _ => JsonValue.Create(value),
    };

    public static JsonNode? Copy(JsonElement element, string member) => element.Member(member) is { } value ? Node(value) : null;

    private static JsonArray Flat(JsonElement upstream, string list, string member)
        => new([.. upstream.Items(list).Select(item => (JsonNode?)item.Text(member))]);

    /// <summary>Where a finding belongs, so that nobody has to walk three objects for it.</summary>
    private static JsonObject? Context(JsonElement upstream)
    {
        if (upstream.Member("related_fields")?.Member("test") is not { ValueKind: JsonValueKind.Object } test || test.Member("engagement") is not { } engagement)
            return null;
        var product = engagement.Member("product") ?? default;
        return new JsonObject
        {
            ["product_id"] = Copy(product, "id"),
            ["product_name"] = product.Text("name"),
            ["engagement_id"] = Copy(engagement, "id"),
            ["engagement_name"] = engagement.Text("name"),
            ["test_title"] = test.Text("title"),
            ["test_type_label"] = test.Text("test_type", "name"),
        };
    }
}
