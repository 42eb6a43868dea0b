using System.Text.Json.Nodes;
using System.Xml;
using Sallyport.Core.Processes;

namespace Sallyport.Connectors.Network.Nmap.Results;

/// <summary>Reads a script's output and the tables it is made of: keyed rows become an object, the others an array.</summary>
internal static class ScriptReader
{
    /// <summary>Tables nest; nothing real nests this deep.</summary>
    private const int MaxDepth = 32;

    /// <summary>Holds rows without a key where others have one.</summary>
    private const string Unkeyed = "_";

    public static IReadOnlyList<NmapScript>? ReadAll(XmlReader reader)
    {
        List<NmapScript> scripts = [];
        foreach (var child in reader.Children())
            if (child == "script" && Read(reader) is { } script)
                scripts.Add(script);
        return scripts.OrNull();
    }

    public static NmapScript? Read(XmlReader reader)
    {
        var id = reader.Text("id");
        var output = reader.GetAttribute("output") is { Length: > 0 } text ? CleanText.From(text) : null;
        var structured = Table(reader);
        return id is null ? null : new NmapScript(id, output, structured);
    }

    private static JsonNode? Table(XmlReader reader)
    {
        if (reader.Depth > MaxDepth) throw new TooDeepException(MaxDepth);
        JsonObject keyed = [];
        JsonArray unkeyed = [];
        foreach (var child in reader.Children())
        {
            if (child is not ("elem" or "table")) continue;
            var key = reader.Text("key");
            var value = child == "table" ? Table(reader) : Text(reader);
            if (key is null) unkeyed.Add(value);
            else Add(keyed, key, value);
        }

        if (keyed.Count == 0) return unkeyed.Count == 0 ? null : unkeyed;
        if (unkeyed.Count > 0) keyed[Unkeyed] = unkeyed;
        return keyed;
    }

    /// <summary>A key that comes again turns its value into an array.</summary>
    private static void Add(JsonObject keyed, string key, JsonNode? value)
    {
        if (!keyed.TryGetPropertyValue(key, out var earlier)) keyed[key] = value;
        else if (earlier is JsonArray { } list) list.Add(value);
        else keyed[key] = new JsonArray(earlier?.DeepClone(), value);
    }

    private static JsonValue? Text(XmlReader reader)
    {
        if (reader.IsEmptyElement) return JsonValue.Create("");
        var depth = reader.Depth;
        var text = "";
        while (reader.Read() && reader.Depth > depth)
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
                text += reader.Value;
        return JsonValue.Create(CleanText.From(text));
    }
}
