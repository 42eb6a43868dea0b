using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Core;
using Sallyport.Core.Schemas;

namespace Sallyport.Configuration;

/// <summary>The schema of the whole settings file: our sections, and below each tenant one section for each platform.</summary>
internal sealed class SettingsSchema
{
    private SettingsSchema(JsonSchema schema, IReadOnlyList<string> sections) => (Schema, Sections) = (schema, sections);

    public JsonSchema Schema { get; }

    /// <summary>Sections that exist, with their defaults, even when the file does not mention them.</summary>
    public IReadOnlyList<string> Sections { get; }

    public static SettingsSchema For(IEnumerable<IConnector> connectors)
    {
        var own = JsonSchema.Of(SettingsJson.Default.SallyportSettings);
        var schema = JsonNode.Parse(own.Utf8.Span)!.AsObject();
        schema.Remove("required");
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "sallyport.yaml");
        var platforms = schema["properties"]!["tenants"]!["additionalProperties"]!["properties"]!.AsObject();
        foreach (var connector in connectors)
        {
            var section = JsonNode.Parse(connector.Settings.Schema.Utf8.Span)!.AsObject();
            section.Insert(0, "description", $"How to reach {connector.Title}.");
            platforms.Add(connector.Id, section);
        }

        return new SettingsSchema(JsonSchema.Parse(JsonSerializer.SerializeToUtf8Bytes(schema, SettingsJson.Default.JsonObject)), own.Root.Required);
    }
}
