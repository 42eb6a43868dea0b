using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.DefectDojo.Results;

/// <summary>Turns a result into what the gate takes, and says what is to be known about its texts.</summary>
internal static class DojoContent
{
    public static ToolContent Of(JsonObject result, ToolContext context)
    {
        try
        {
            return Written(result, context);
        }
        catch (InvalidOperationException exception)
        {
            throw new UpstreamException(UpstreamFailure.InvalidResponse, "DefectDojo answered with text that is not Unicode.", exception);
        }
    }

    private static ToolContent Written(JsonObject result, ToolContext context)
    {
        // Before the cut, so that what is cut off has been looked at too.
        var report = TextReport.Of(result);
        context.NoteInstructionLike(report.InstructionLike);
        Name(result, "truncated", LongText.Cut(result));
        Name(result, "sanitized", report.Sanitized);
        if (context.InstructionLike.Count > 0)
            result["_security"] = new JsonObject { ["instruction_like"] = Paths(context.InstructionLike) };
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
            result.WriteTo(json);
        return ToolContent.FromJson(buffer.WrittenMemory).TextsUpTo(LongText.MostBytes);
    }

    private static void Name(JsonObject result, string member, IReadOnlyList<string> paths)
    {
        if (paths.Count > 0)
            result[member] = Paths(paths);
    }

    private static JsonArray Paths(IReadOnlyList<string> paths) => new([.. paths.Select(path => (JsonNode)path)]);
}
