using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Connectors.DefectDojo.Detection;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.DefectDojo.Results;

/// <summary>Turns a result into what the gate takes, and says which of its texts read like instructions to a model.</summary>
internal static class DojoContent
{
    private const int MostFlags = 50;

    private static readonly HashSet<string> Untrusted = new(Members.Untrusted, StringComparer.Ordinal);

    public static ToolContent Of(JsonObject result, ToolContext context)
    {
        List<string> flagged = [];
        Search(result, "", isUntrusted: false, flagged);
        context.NoteInstructionLike(flagged);
        // After the search, so that what is cut off has been looked at too.
        if (LongText.Cut(result) is { Count: > 0 } cut)
            result["truncated"] = new JsonArray([.. cut.Select(path => (JsonNode)path)]);
        if (context.InstructionLike.Count > 0)
            result["_security"] = new JsonObject { ["instruction_like"] = new JsonArray([.. context.InstructionLike.Select(path => (JsonNode)path)]) };
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
            result.WriteTo(json);
        return ToolContent.FromJson(buffer.WrittenMemory);
    }

    private static void Search(JsonNode? node, string path, bool isUntrusted, List<string> flagged)
    {
        if (flagged.Count >= MostFlags)
            return;
        switch (node)
        {
            // Inside an untrusted member a stranger chose the names too; they may even be there twice.
            case JsonObject when isUntrusted:
                if (InstructionDetector.Find(node.ToJsonString()) is not null)
                    flagged.Add(path);
                break;
            case JsonObject members:
                foreach (var (name, value) in members)
                    Search(value, path.Length == 0 ? name : $"{path}.{name}", Untrusted.Contains(name), flagged);
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                    Search(items[i], $"{path}[{i}]", isUntrusted, flagged);
                break;
            case JsonValue value when isUntrusted && value.GetValueKind() == JsonValueKind.String && InstructionDetector.Find(Text(value)) is not null:
                flagged.Add(path);
                break;
        }
    }

    /// <summary>Escapes that stand for half a character cannot be read as text.</summary>
    private static string Text(JsonValue value)
    {
        try
        {
            return value.GetValue<string>();
        }
        catch (InvalidOperationException)
        {
            return value.ToJsonString();
        }
    }
}
