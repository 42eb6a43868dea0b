using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Sallyport.Core.Schemas;

/// <summary>Writes the schema of a serialized type: its members, their defaults, and what their attributes demand.</summary>
internal static class SchemaWriter
{
    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Transform,
    };

    public static byte[] Write(JsonTypeInfo type)
    {
        var schema = type.GetJsonSchemaAsNode(Options).AsObject();
        if (schema["type"]?.GetValueKind() == JsonValueKind.Array)
            schema["type"] = "object";
        schema["properties"] ??= new JsonObject();
        schema["additionalProperties"] ??= false;
        return JsonSerializer.SerializeToUtf8Bytes(schema, SchemaJson.Default.JsonObject);
    }

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        // The exporter writes `true` for "anything"; clients want an object.
        if (node is not JsonObject schema)
            return node.GetValueKind() == JsonValueKind.True ? new JsonObject() : node;
        var attributes = Attributes(context.PropertyInfo);
        var nullMatters = attributes.OfType<NullMattersAttribute>().Any();
        DropNull(schema);
        Name(schema, attributes);
        foreach (var attribute in attributes)
            Apply(schema, attribute);
        // An absent optional needs no default of null.
        if (schema.TryGetPropertyValue("default", out var value) && value is null)
            schema.Remove("default");
        if (schema["properties"] is JsonObject properties)
        {
            schema["additionalProperties"] ??= false;
            NameSecrets(properties, context.TypeInfo);
            NameAnything(properties, context.TypeInfo);
        }

        return nullMatters ? Nullable(schema) : schema;
    }

    /// <summary>The exporter knows nothing about a type that has its own converter, and does not ask us about it either.</summary>
    private static void NameSecrets(JsonObject properties, JsonTypeInfo type)
    {
        foreach (var secret in type.Properties.Where(property => property.PropertyType == typeof(Secret)))
        {
            var schema = new JsonObject { ["type"] = "string", ["writeOnly"] = true };
            Name(schema, Attributes(secret));
            properties[secret.Name] = schema;
        }
    }

    /// <summary>Nor about what is taken as it is, whose attributes alone say what it may be.</summary>
    private static void NameAnything(JsonObject properties, JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.PropertyType == typeof(JsonElement) || property.PropertyType == typeof(JsonElement?)))
        {
            var schema = new JsonObject();
            var attributes = Attributes(property);
            Name(schema, attributes);
            foreach (var attribute in attributes)
                Apply(schema, attribute);
            properties[property.Name] = schema;
        }
    }

    private static List<Attribute> Attributes(JsonPropertyInfo? property) => property is null ? [] :
    [
        .. Of(property.AttributeProvider),
        .. Of(property.AssociatedParameter?.AttributeProvider),
    ];

    private static IEnumerable<Attribute> Of(ICustomAttributeProvider? provider)
        => provider?.GetCustomAttributes(inherit: false).OfType<Attribute>() ?? [];

    private static void DropNull(JsonObject schema)
    {
        if (schema["type"] is JsonArray types)
            schema["type"] = types.Select(type => type!.GetValue<string>()).First(type => type != "null");
        if (schema["enum"] is JsonArray { } values)
        {
            for (var i = values.Count - 1; i >= 0; i--)
            {
                if (values[i] is null)
                    values.RemoveAt(i);
            }

            if (schema["type"] is null)
                schema.Insert(0, "type", "string");
        }
    }

    /// <summary>The description goes first, where people and models look.</summary>
    private static void Name(JsonObject schema, List<Attribute> attributes)
    {
        if (attributes.OfType<DescriptionAttribute>().FirstOrDefault() is { } description)
            schema.Insert(0, "description", description.Description);
    }

    private static void Apply(JsonObject schema, Attribute attribute)
    {
        switch (attribute)
        {
            case RangeAttribute range:
                schema["minimum"] = Number(range.Minimum);
                schema["maximum"] = Number(range.Maximum);
                break;
            case StringLengthAttribute length:
                Set(schema, "minLength", length.MinimumLength);
                schema["maxLength"] = length.MaximumLength;
                break;
            case MinLengthAttribute { Length: var least }:
                schema[IsArray(schema) ? "minItems" : "minLength"] = least;
                break;
            case MaxLengthAttribute { Length: var most }:
                schema[IsArray(schema) ? "maxItems" : "maxLength"] = most;
                break;
            case RegularExpressionAttribute { Pattern: var pattern }:
                schema["pattern"] = pattern;
                break;
            case AllowedValuesAttribute { Values: var values }:
                schema["enum"] = new JsonArray([.. values.Select(value => value is string text ? JsonValue.Create(text) : Number(value!))]);
                break;
            case FormatAttribute { Format: var format }:
                schema["format"] = format;
                break;
            case ItemCountAttribute count:
                Set(schema, "minItems", count.Least);
                if (count.Most < int.MaxValue)
                    schema["maxItems"] = count.Most;
                break;
            case OneOrListAttribute union:
                schema["anyOf"] = Union(union);
                break;
            case UniqueItemsAttribute:
                schema["uniqueItems"] = true;
                break;
            case EachItemAttribute each when schema["items"] is JsonObject items:
                Apply(items, each);
                break;
        }
    }

    private static JsonArray Union(OneOrListAttribute union)
    {
        var one = union.IsNumber
            ? new JsonObject { ["type"] = "integer", ["minimum"] = union.Minimum, ["maximum"] = union.Maximum }
            : new JsonObject { ["type"] = "string", ["pattern"] = $"^(?:{union.Item})$" };
        var list = new JsonObject { ["type"] = "array", ["items"] = one.DeepClone(), ["minItems"] = 1, ["maxItems"] = union.Most };
        // With a value that is text already, one value and several are the same kind of text.
        var text = new JsonObject { ["type"] = "string", ["pattern"] = $"^(?:{union.Item})(?: ?, ?(?:{union.Item})){{0,{union.Most - 1}}}$" };
        // Not collection expressions: those add by a generic method that trimming breaks.
        return union.IsNumber ? new JsonArray(one, list, text) : new JsonArray(list, text);
    }

    private static void Apply(JsonObject items, EachItemAttribute each)
    {
        if (each.Format is not null)
            items["format"] = each.Format;
        if (each.Pattern is not null)
            items["pattern"] = each.Pattern;
        Set(items, "minLength", each.MinLength);
        Set(items, "maxLength", each.MaxLength);
        if (each.Minimum != long.MinValue)
            items["minimum"] = each.Minimum;
    }

    private static void Set(JsonObject schema, string keyword, int value)
    {
        if (value > 0)
            schema[keyword] = value;
    }

    private static bool IsArray(JsonObject schema) => schema["type"]?.GetValue<string>() == "array";

    private static JsonValue Number(object value) => value is int whole
        ? JsonValue.Create(whole)
        : JsonValue.Create(Convert.ToDecimal(value, CultureInfo.InvariantCulture));

    private static JsonObject Nullable(JsonObject schema)
    {
        var nullable = new JsonObject();
        foreach (var outside in new[] { "description", "default" })
        {
            if (schema[outside] is { } kept)
            {
                schema.Remove(outside);
                nullable[outside] = kept;
            }
        }

        nullable["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" });
        return nullable;
    }
}
