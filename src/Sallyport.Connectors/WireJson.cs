using System.Text.Json;

namespace Sallyport.Connectors;

/// <summary>Reads an answer without trusting its shape: what is missing or of another type is null.</summary>
internal static class WireJson
{
    public static JsonElement? Member(this JsonElement element, string name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    /// <summary>A text; a number is read as its digits, because the older interface counts incidents and Graph names them.</summary>
    public static string? Text(this JsonElement element, params ReadOnlySpan<string> path)
    {
        JsonElement? at = element;
        foreach (var name in path)
            at = at?.Member(name);
        return at switch
        {
            { ValueKind: JsonValueKind.String } text => Read(text),
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ => null,
        };
    }

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name)
        => element.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    public static IReadOnlyList<string> Texts(this JsonElement element, params ReadOnlySpan<string> names)
    {
        List<string> texts = [];
        foreach (var name in names)
            texts.AddRange(element.Items(name).Where(item => item.ValueKind == JsonValueKind.String).Select(Read).OfType<string>());
        return texts;
    }

    /// <summary>Escapes that stand for half a character are no text; the serializer would throw on them.</summary>
    private static string? Read(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }
}
