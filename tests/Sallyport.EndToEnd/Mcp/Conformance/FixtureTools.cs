using System.Text;
using System.Text.Json;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.EndToEnd.Mcp.Conformance;

/// <summary>The tools that the conformance suite calls by name, and the ones of them that need nothing but a fixed answer.</summary>
internal static class FixtureTools
{
    public const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private const string Wav = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";

    private static readonly Dictionary<string, string> Fixed = new()
    {
        ["test_simple_text"] = """{"content":[{"type":"text","text":"This is a simple text response for testing."}]}""",
        ["test_image_content"] = $$"""{"content":[{"type":"image","data":"{{Png}}","mimeType":"image/png"}]}""",
        ["test_audio_content"] = $$"""{"content":[{"type":"audio","data":"{{Wav}}","mimeType":"audio/wav"}]}""",
        ["test_embedded_resource"] =
            """{"content":[{"type":"resource","resource":{"uri":"test://embedded-resource","mimeType":"text/plain","text":"This is an embedded resource content."}}]}""",
        ["test_multiple_content_types"] =
            $$$"""{"content":[{"type":"text","text":"Multiple content types test:"},{"type":"image","data":"{{{Png}}}","mimeType":"image/png"},{"type":"resource","resource":{"uri":"test://mixed-content-resource","mimeType":"application/json","text":"{\"test\":\"data\",\"value\":123}"}}]}""",
        ["test_error_handling"] = """{"content":[{"type":"text","text":"This tool intentionally returns an error for testing"}],"isError":true}""",
        ["test_custom_headers"] = """{"content":[{"type":"text","text":"Headers agree."}]}""",
        ["json_schema_2020_12_tool"] = """{"content":[{"type":"text","text":"ok"}]}""",
        ["greet"] = """{"content":[{"type":"text","text":"Hello, NAME!"}]}""",
        ["test_tool_with_progress"] = """{"content":[{"type":"text","text":"Done."}]}""",
    };

    /// <summary>The array of <c>tools/list</c>.</summary>
    public static byte[] List { get; } = Encoding.UTF8.GetBytes($"[{string.Join(',', Schemas().Select(Describe))}]");

    public static bool IsFixed(string name) => Fixed.ContainsKey(name);

    public static async Task<ReadOnlyMemory<byte>> CallAsync(ToolCallRequest request, CancellationToken cancellationToken)
    {
        if (request.Tool == "test_tool_with_progress")
        {
            foreach (var done in (int[])[0, 50, 100])
            {
                request.Progress?.Report(new ToolProgress(done, 100, null));
                await Task.Delay(20, cancellationToken);
            }
        }

        return Encoding.UTF8.GetBytes(Fixed[request.Tool].Replace("NAME", Name(request.Arguments), StringComparison.Ordinal));
    }

    private static string Name(ReadOnlyMemory<byte> arguments)
    {
        if (arguments.IsEmpty)
            return "nobody";
        using var document = JsonDocument.Parse(arguments);
        return document.RootElement.TryGetProperty("name", out var name) ? name.GetString()! : "nobody";
    }

    private static IEnumerable<(string Name, string Schema)> Schemas()
    {
        const string None = """{"type":"object"}""";
        yield return ("test_simple_text", None);
        yield return ("test_custom_headers",
            """{"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"},"limit":{"type":"integer","x-mcp-header":"Limit"}}}""");
        yield return ("json_schema_2020_12_tool",
            """{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","$defs":{"address":{"$anchor":"addressDef","type":"object","properties":{"street":{"type":"string"},"city":{"type":"string"}}}},"properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"},"contactMethod":{"type":"string","enum":["phone","email"]},"phone":{"type":"string"},"email":{"type":"string"}},"allOf":[{"anyOf":[{"required":["phone"]},{"required":["email"]}]}],"if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},"then":{"required":["phone"]},"else":{"required":["email"]},"additionalProperties":false}""");
        yield return ("greet", """{"type":"object","properties":{"name":{"type":"string"}}}""");
        yield return ("slow_compute", """{"type":"object","properties":{"seconds":{"type":"number"},"label":{"type":"string"}}}""");
        yield return ("confirm_delete", """{"type":"object","properties":{"filename":{"type":"string"}}}""");
        yield return ("test_sampling", """{"type":"object","properties":{"prompt":{"type":"string"}},"required":["prompt"]}""");
        yield return ("test_elicitation", """{"type":"object","properties":{"message":{"type":"string"}},"required":["message"]}""");
        foreach (var name in (string[])
        [
            "test_image_content", "test_audio_content", "test_embedded_resource", "test_multiple_content_types", "test_error_handling",
            "test_tool_with_progress", "test_tool_with_logging", "test_logging_tool", "test_missing_capability", "test_streaming_elicitation",
            "test_elicitation_sep1034_defaults", "test_elicitation_sep1330_enums", "test_reconnection", "test_trigger_tool_change",
            "test_trigger_prompt_change", "failing_job", "protocol_error_job", "multi_input", "test_tool_with_task",
            "test_input_required_result_elicitation", "test_input_required_result_sampling", "test_input_required_result_list_roots",
            "test_input_required_result_request_state", "test_input_required_result_multiple_inputs", "test_input_required_result_multi_round",
            "test_input_required_result_tampered_state", "test_input_required_result_capabilities",
        ])
            yield return (name, None);
    }

    private static string Describe((string Name, string Schema) tool)
        => $$"""{"name":"{{tool.Name}}","description":"Fixture {{tool.Name}}.","inputSchema":{{tool.Schema}}}""";
}
