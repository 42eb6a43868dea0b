using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sallyport.Core;
using Sallyport.Core.Schemas;

namespace Sallyport.Gateway.Pipeline;

/// <summary>
/// What the audit keeps of a call's arguments: ids, numbers, choices and short constrained text as they are; free text
/// only as its length and digest, because it may carry secrets, or instructions for whoever reads the audit.
/// </summary>
public static class AuditedArguments
{
    /// <summary>Text up to this many characters is kept when the schema bounds it.</summary>
    private const int ShortText = 256;

    private static readonly ReadOnlyMemory<byte> Malformed = """{"malformed":true}"""u8.ToArray();

    public static ReadOnlyMemory<byte> Redact(ReadOnlyMemory<byte> utf8, SchemaNode schema, IReadOnlyList<string> keptInFull)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return Malformed;
            var buffer = new ArrayBufferWriter<byte>(utf8.Length);
            using var writer = new Utf8JsonWriter(buffer);
            Write(writer, document.RootElement, schema, keptInFull, isKept: false);
            writer.Flush();
            return buffer.WrittenMemory;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // Not JSON, or text that is not Unicode: nothing of it can be kept safely.
            return Malformed;
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, SchemaNode? schema, IReadOnlyList<string> keptInFull, bool isKept)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    var isKnown = schema is not null && schema.Properties.ContainsKey(member.Name);
                    writer.WritePropertyName(isKnown ? member.Name : $"unknown:{Digest(member.Name)}");
                    Write(writer, member.Value, isKnown ? schema!.Properties[member.Name] : null, [], isKept || keptInFull.Contains(member.Name));
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item, schema?.Items, [], isKept);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                Text(writer, value.GetString()!, schema, isKept);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void Text(Utf8JsonWriter writer, string text, SchemaNode? schema, bool isKept)
    {
        var isConstrained = schema is not null && (schema.Enum is not null || schema.Format is not null || schema.Pattern is not null || schema.MaxLength <= ShortText);
        if ((isKept || (isConstrained && text.Length <= ShortText)) && !KnownSecrets.AreIn(text))
        {
            writer.WriteStringValue(text);
            return;
        }

        writer.WriteStartObject();
        writer.WriteNumber("length", text.Length);
        writer.WriteString("sha256", Digest(text));
        writer.WriteEndObject();
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
