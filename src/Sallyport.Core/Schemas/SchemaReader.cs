using System.Text.Json;

namespace Sallyport.Core.Schemas;

/// <summary>Compiles a schema document. A keyword it does not know is an error: what is shown is what is checked.</summary>
internal static class SchemaReader
{
    public static SchemaNode Read(JsonElement schema)
    {
        var node = new SchemaNode();
        if (schema.ValueKind is JsonValueKind.True)
            return node;
        foreach (var keyword in schema.EnumerateObject())
            Apply(node, keyword);
        return node;
    }

    private static void Apply(SchemaNode node, JsonProperty keyword)
    {
        var value = keyword.Value;
        switch (keyword.Name)
        {
            case "type": node.Kinds = Kinds(value); break;
            case "format": node.Format = value.GetString(); break;
            case "enum": node.Enum = [.. value.EnumerateArray().Select(item => item.GetRawText())]; break;
            case "const": node.Enum = [value.GetRawText()]; break;
            case "minimum": node.Minimum = value.GetDecimal(); break;
            case "maximum": node.Maximum = value.GetDecimal(); break;
            case "minLength": node.MinLength = value.GetInt32(); break;
            case "maxLength": node.MaxLength = value.GetInt32(); break;
            case "pattern": node.PatternText = value.GetString(); break;
            case "properties": node.Properties = value.EnumerateObject().ToDictionary(p => p.Name, p => Read(p.Value), StringComparer.Ordinal); break;
            case "required": node.Required = [.. value.EnumerateArray().Select(item => item.GetString()!)]; break;
            case "additionalProperties": node.Unlisted = value.ValueKind == JsonValueKind.False ? null : Read(value); break;
            case "items": node.Items = Read(value); break;
            case "minItems": node.MinItems = value.GetInt32(); break;
            case "maxItems": node.MaxItems = value.GetInt32(); break;
            case "uniqueItems": node.UniqueItems = value.GetBoolean(); break;
            case "anyOf": ReadUnion(node, value); break;
            case "default": node.Default = value.GetRawText(); break;
            case "description": node.Description = value.GetString(); break;
            case "writeOnly": node.IsSecret = value.GetBoolean(); break;
            case "title" or "$schema" or "examples": break;
            default: throw new NotSupportedException($"Schema keyword '{keyword.Name}' is not checked, so it must not be shown.");
        }
    }

    /// <summary>
    /// The two uses we make of anyOf: a value or null, and values of different types, whose keywords cannot get into each
    /// other's way. Clients object to a list of types.
    /// </summary>
    private static void ReadUnion(SchemaNode node, JsonElement options)
    {
        var kinds = SchemaKind.None;
        foreach (var option in options.EnumerateArray())
        {
            foreach (var keyword in option.EnumerateObject())
                Apply(node, keyword);
            if ((kinds & node.Kinds) != 0)
                throw new NotSupportedException("Two options of anyOf have the same type, which is not checked, so it must not be shown.");
            kinds |= node.Kinds;
        }

        node.Kinds = kinds;
    }

    private static SchemaKind Kinds(JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Aggregate(SchemaKind.None, (kinds, item) => kinds | Kind(item.GetString()))
        : Kind(type.GetString());

    private static SchemaKind Kind(string? type) => type switch
    {
        "object" => SchemaKind.Object,
        "array" => SchemaKind.Array,
        "string" => SchemaKind.String,
        "integer" => SchemaKind.Integer,
        "number" => SchemaKind.Number | SchemaKind.Integer,
        "boolean" => SchemaKind.Boolean,
        "null" => SchemaKind.Null,
        _ => throw new NotSupportedException($"Schema type '{type}' is unknown."),
    };
}
