using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sallyport.Connectors.DefectDojo.Access;

/// <summary>Makes JSON bodies of changes from what a caller gave, under the platform's names.</summary>
internal static class DojoBody
{
    public static JsonObject From(JsonElement arguments, IReadOnlyDictionary<string, string> names, params IReadOnlyList<string> without)
    {
        var body = new JsonObject();
        foreach (var member in arguments.EnumerateObject().Where(member => !without.Contains(member.Name)))
            body[names.GetValueOrDefault(member.Name, member.Name)] = Results.Projection.Node(member.Value);
        return body;
    }

    public static Func<HttpContent> Content(JsonObject body)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
            body.WriteTo(json);
        return () => new ReadOnlyMemoryContent(buffer.WrittenMemory) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };
    }

    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
