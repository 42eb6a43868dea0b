using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Connectors;
using Sallyport.Core;
using Sallyport.Core.Schemas;

namespace Sallyport.Configuration;

/// <summary>The schema of the whole settings file: our sections, and below each tenant one section for each platform.</summary>
internal sealed class SettingsSchema
{
    private static readonly Lazy<SettingsSchema> Kept = new(ReadKept);

    private SettingsSchema(JsonSchema schema) => Schema = schema;

    public JsonSchema Schema { get; }

    /// <summary>Sections that exist, with their defaults, even when the file does not mention them.</summary>
    public IReadOnlyList<string> Sections => field ??=
        [.. Schema.Root.Properties.Where(property => property.Value is { Kinds: SchemaKind.Object or SchemaKind.Array, Required.Count: 0 }).Select(property => property.Key)];

    /// <summary>That of the built-in platforms is kept with the program, because writing it anew takes 30 to 40 ms of every start.</summary>
    public static SettingsSchema For(IReadOnlyList<IConnector> connectors)
        => ReferenceEquals(connectors, BuiltInConnectors.All) ? Kept.Value : Write(connectors);

    /// <summary>Written from the settings' types.</summary>
    public static SettingsSchema Write(IEnumerable<IConnector> connectors)
    {
        var own = JsonSchema.Of(static () => SettingsJson.Default.SallyportSettings);
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

        return new SettingsSchema(JsonSchema.Parse(JsonSerializer.SerializeToUtf8Bytes(schema, SettingsJson.Default.JsonObject)));
    }

    /// <summary><c>docs/reference/settings.schema.json</c> as it was when the program was built; a test holds it to <see cref="Write"/>.</summary>
    private static SettingsSchema ReadKept()
    {
        using var resource = typeof(SettingsSchema).Assembly.GetManifestResourceStream("settings.schema.json")!;
        var utf8 = new byte[resource.Length];
        resource.ReadExactly(utf8);
        return new SettingsSchema(JsonSchema.Parse(utf8));
    }
}
