using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Gateway.Pipeline;

/// <summary>
/// The arguments that the gate adds to a platform's own, in the very schema that clients are shown. What they mean is said once,
/// in the words that a client is given when it connects, and not in two hundred schemas.
/// </summary>
public static class GateArgument
{
    public const string Tenant = "tenant";
    public const string Fields = "fields";
    public const string Cursor = "cursor";
    public const string Approval = "approval";

    /// <summary>The tool's schema with the gate's arguments in it; a tool that has one of these names itself keeps its own.</summary>
    public static JsonSchema AddTo(Tool tool, bool hasSeveralTenants, bool canBeHeld)
        => !hasSeveralTenants && !canBeHeld && tool.Rows is null ? tool.Input : JsonSchema.Later(() => Write(tool, hasSeveralTenants, canBeHeld));

    private static byte[] Write(Tool tool, bool hasSeveralTenants, bool canBeHeld)
    {
        var schema = JsonNode.Parse(tool.Input.Utf8.Span)!.AsObject();
        var properties = schema["properties"]!.AsObject();
        if (hasSeveralTenants)
            properties.TryAdd(Tenant, Node("""{"type":"string","maxLength":64}"""));
        if (tool.Rows is not null)
        {
            properties.TryAdd(Fields, Node("""{"type":"array","items":{"type":"string","maxLength":128},"maxItems":64}"""));
            properties.TryAdd(Cursor, Node("""{"type":"string","maxLength":256}"""));
        }

        if (canBeHeld)
            properties.TryAdd(Approval, Node("""{"type":"string","maxLength":64}"""));
        return JsonSerializer.SerializeToUtf8Bytes(schema, GateArgumentJson.Default.JsonObject);
    }

    private static JsonNode Node(string json) => JsonNode.Parse(json)!;
}

/// <summary>Writes schemas without reflection.</summary>
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(Nothing))]
internal sealed partial class GateArgumentJson : JsonSerializerContext;
