using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sallyport.Connectors.DefectDojo.Results;

/// <summary>Cuts texts that nobody could read anyway, so that one endless description does not cost the caller the whole answer.</summary>
internal static class LongText
{
    /// <summary>What the longest text that is left takes: no UTF-16 character needs more bytes than three.</summary>
    public const int MostBytes = 3 * MostInObject;

    /// <summary>Characters of one text in a list, and in one object.</summary>
    private const int MostInList = 4_000;
    private const int MostInObject = 20_000;

    private static readonly HashSet<string> Untrusted = new(Members.Untrusted, StringComparer.Ordinal);

    /// <summary>Where something was cut.</summary>
    public static IReadOnlyList<string> Cut(JsonObject result)
    {
        List<string> cut = [];
        Cut(result, "", result["results"] is JsonArray ? MostInList : MostInObject, cut);
        return cut;
    }

    private static void Cut(JsonObject members, string path, int most, List<string> cut)
    {
        foreach (var (name, value) in members.ToList())
        {
            var at = path.Length == 0 ? name : $"{path}.{name}";
            if (Shortened(value, Untrusted.Contains(name), most) is { } text)
            {
                members[name] = text;
                cut.Add(at);
            }
            else
            {
                Descend(value, at, Untrusted.Contains(name), most, cut);
            }
        }
    }

    private static void Descend(JsonNode? node, string path, bool isUntrusted, int most, List<string> cut)
    {
        if (node is JsonObject members && !isUntrusted)
            Cut(members, path, most, cut);
        if (node is not JsonArray items)
            return;
        for (var i = 0; i < items.Count; i++)
        {
            if (Shortened(items[i], isUntrusted, most) is { } text)
            {
                items[i] = text;
                cut.Add($"{path}[{i}]");
            }
            else
            {
                Descend(items[i], $"{path}[{i}]", isUntrusted, most, cut);
            }
        }
    }

    /// <summary>Null when it is short enough. What a stranger built of members of his own is measured and cut as one text.</summary>
    private static string? Shortened(JsonNode? node, bool isUntrusted, int most)
    {
        var text = node switch
        {
            JsonObject when isUntrusted => node.ToJsonString(),
            JsonValue value when value.GetValueKind() == JsonValueKind.String => value.ToString(),
            _ => null,
        };
        return text is null || text.Length <= most ? null : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
    }
}
