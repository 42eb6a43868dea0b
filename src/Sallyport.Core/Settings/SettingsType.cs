using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sallyport.Core.Schemas;

namespace Sallyport.Core.Settings;

/// <summary>The shape of one section of the settings: its schema, how it is read, and what its values must agree on.</summary>
public sealed class SettingsType
{
    private readonly Func<ReadOnlyMemory<byte>, object> _read;
    private readonly Func<object, IEnumerable<SchemaError>> _check;

    private SettingsType(JsonSchema schema, Func<ReadOnlyMemory<byte>, object> read, Func<object, IEnumerable<SchemaError>> check)
        => (Schema, _read, _check) = (schema, read, check);

    public JsonSchema Schema { get; }

    /// <param name="check">Rules that a schema cannot say; paths are relative to the section.</param>
    public static SettingsType Of<T>(Func<JsonTypeInfo<T>> type, Func<T, IEnumerable<SchemaError>>? check = null)
        where T : class
        => new(JsonSchema.Of(type), utf8 => JsonSerializer.Deserialize(utf8.Span, type())!, settings => check?.Invoke((T)settings) ?? []);

    /// <summary>Reads a section that has passed <see cref="Schema"/>.</summary>
    public object Read(ReadOnlyMemory<byte> utf8) => _read(utf8);

    public IEnumerable<SchemaError> Check(object settings) => _check(settings);
}
