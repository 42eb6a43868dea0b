using System.Text.Json;
using Sallyport.Core.Schemas;

namespace Sallyport.Gateway.Discovery;

/// <summary>Arguments that a tool's schema accepts: only what it requires, as an example to start from.</summary>
internal static class ExampleArguments
{
    private const string Name = "example";

    public static void Write(Utf8JsonWriter writer, SchemaNode schema) => Object(writer, schema);

    private static void Object(Utf8JsonWriter writer, SchemaNode schema)
    {
        writer.WriteStartObject();
        foreach (var name in schema.Required)
        {
            writer.WritePropertyName(name);
            Value(writer, schema.Properties[name]);
        }

        writer.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter writer, SchemaNode schema)
    {
        if (schema.Default is { } usual && usual != "null")
            writer.WriteRawValue(usual);
        else if (schema.Enum is { } choices)
            writer.WriteRawValue(choices.FirstOrDefault(choice => !choice.Contains("UNSPECIFIED", StringComparison.Ordinal)) ?? choices[0]);
        else
            Plain(writer, schema);
    }

    private static void Plain(Utf8JsonWriter writer, SchemaNode schema)
    {
        var kinds = schema.Kinds & ~SchemaKind.Null;
        if (kinds.HasFlag(SchemaKind.String))
            writer.WriteStringValue(Text(schema));
        else if (kinds.HasFlag(SchemaKind.Integer))
            writer.WriteNumberValue(Math.Max(schema.Minimum ?? 1, 1));
        else if (kinds.HasFlag(SchemaKind.Boolean))
            writer.WriteBooleanValue(true);
        else if (kinds.HasFlag(SchemaKind.Array))
            List(writer, schema);
        else
            Object(writer, schema);
    }

    private static void List(Utf8JsonWriter writer, SchemaNode schema)
    {
        writer.WriteStartArray();
        for (var i = 0; i < Math.Max(schema.MinItems ?? 1, 1); i++)
            Value(writer, schema.Items ?? new SchemaNode());
        writer.WriteEndArray();
    }

    private static string Text(SchemaNode schema)
    {
        var text = Array.Find(Samples, sample => Fits(sample, schema)) ?? Name;
        return text.Length < (schema.MinLength ?? 0) ? text.PadRight(schema.MinLength!.Value, 'x') : text;
    }

    /// <summary>Texts that patterns ask for: names, addresses, hashes, ids.</summary>
    private static readonly string[] Samples =
    [
        Name, "1", "10.0.0.5", "host.example.com", "https://www.example.com/", "user@example.com", "P7D", "CVE-2026-0001",
        "3395856ce81f2b7382dee72602f798b642f14140", "44d88612fea8a8f36de82e1278abb02f",
        "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f", "00000000-0000-4000-8000-000000000001", "2026-01-31", "0 2 * * *",
    ];

    private static bool Fits(string sample, SchemaNode schema)
        => schema.Pattern?.IsMatch(sample) != false && (schema.Format is null || TextFormat.IsValid(schema.Format, sample)) && sample.Length <= (schema.MaxLength ?? int.MaxValue);
}
