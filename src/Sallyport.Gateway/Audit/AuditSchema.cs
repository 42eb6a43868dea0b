using System.Text.Json.Nodes;
using Sallyport.Core.Schemas;

namespace Sallyport.Gateway.Audit;

/// <summary>The form of one audit record, for those who read the log with programs of their own.</summary>
public static class AuditSchema
{
    private static readonly string[] Always = ["event", "time", "instance", "schema", "chain", "key", "seq", "prev", "hmac"];

    public static JsonSchema Schema { get; } = Write();

    private static JsonSchema Write()
    {
        var schema = JsonNode.Parse(JsonSchema.Of(static () => AuditJson.Default.AuditEntry).Utf8.Span)!.AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", AuditEntry.CurrentSchema);
        schema["required"] = new JsonArray([.. Always.Select(name => JsonValue.Create(name))]);
        return JsonSchema.Parse(System.Text.Encoding.UTF8.GetBytes(schema.ToJsonString()));
    }
}
