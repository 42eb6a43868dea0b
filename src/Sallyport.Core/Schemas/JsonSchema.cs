using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Sallyport.Core.Schemas;

/// <summary>A JSON Schema, as the bytes that a client is shown and as the check that its arguments pass: one and the same.</summary>
public sealed class JsonSchema
{
    // Made when first asked for: a start that lists a few tools does not pay for the schemas of two hundred.
    private readonly Lazy<ReadOnlyMemory<byte>> _utf8;
    private readonly Lazy<SchemaNode> _root;

    private JsonSchema(Func<ReadOnlyMemory<byte>> write)
    {
        _utf8 = new Lazy<ReadOnlyMemory<byte>>(write);
        _root = new Lazy<SchemaNode>(Compile);
    }

    /// <summary>The type this is the schema of; null for one that was written by hand or made from another.</summary>
    internal Func<JsonTypeInfo>? Type { get; private init; }

    public ReadOnlyMemory<byte> Utf8 => _utf8.Value;

    public SchemaNode Root => _root.Value;

    /// <summary>
    /// The schema of a type in a source-generated context, with what its attributes say. It is kept with the type's assembly where
    /// that has a file of schemas, and written from the type where it has none.
    /// </summary>
    public static JsonSchema Of<T>(Func<JsonTypeInfo<T>> type) => new(() => KeptSchemas.Find(typeof(T)) ?? SchemaWriter.Write(type())) { Type = type };

    /// <summary>A schema that is written when it is first shown or checked.</summary>
    public static JsonSchema Later(Func<byte[]> write) => new(() => write());

    /// <summary>A schema as written; one with a keyword that is not checked is refused at once.</summary>
    public static JsonSchema Parse(ReadOnlySpan<byte> utf8)
    {
        var bytes = utf8.ToArray();
        var schema = new JsonSchema(() => bytes);
        _ = schema.Root;
        return schema;
    }

    /// <summary>Everything wrong with <paramref name="utf8"/>, in document order, up to <paramref name="mostErrors"/> things.</summary>
    public IReadOnlyList<SchemaError> Validate(ReadOnlySpan<byte> utf8, int mostErrors = 20)
    {
        List<SchemaError> errors = [];
        SchemaValidator.Validate(utf8, Root, errors, mostErrors);
        return errors;
    }

    private SchemaNode Compile()
    {
        using var document = JsonDocument.Parse(Utf8);
        return SchemaReader.Read(document.RootElement);
    }
}
