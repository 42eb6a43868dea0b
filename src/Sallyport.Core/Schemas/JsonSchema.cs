using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Sallyport.Core.Schemas;

/// <summary>A JSON Schema, as the bytes that a client is shown and as the check that its arguments pass: one and the same.</summary>
public sealed class JsonSchema
{
    private JsonSchema(byte[] utf8)
    {
        Utf8 = utf8;
        using var document = JsonDocument.Parse(utf8);
        Root = SchemaReader.Read(document.RootElement);
    }

    public ReadOnlyMemory<byte> Utf8 { get; }

    public SchemaNode Root { get; }

    /// <summary>The schema of a type in a source-generated context, with what its attributes say.</summary>
    public static JsonSchema Of<T>(JsonTypeInfo<T> type) => new(SchemaWriter.Write(type));

    public static JsonSchema Parse(ReadOnlySpan<byte> utf8) => new(utf8.ToArray());

    /// <summary>Everything wrong with <paramref name="utf8"/>, in document order, up to <paramref name="mostErrors"/> things.</summary>
    public IReadOnlyList<SchemaError> Validate(ReadOnlySpan<byte> utf8, int mostErrors = 20)
    {
        List<SchemaError> errors = [];
        SchemaValidator.Validate(utf8, Root, errors, mostErrors);
        return errors;
    }
}
