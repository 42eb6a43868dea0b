using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sallyport.Core.Schemas;

namespace Sallyport.Core.Settings;

/// <summary>The shape of one section of the settings: its schema, how it is read, and what its values must agree on.</summary>
public sealed class SettingsType
{
    private readonly Func<ReadOnlyMemory<byte>, object> _read;
    private readonly Func<object, IEnumerable<SchemaError>> _check;

    private SettingsType(JsonSchema schema, object? unset, Func<ReadOnlyMemory<byte>, object> read, Func<object, IEnumerable<SchemaError>> check)
        => (Schema, Unset, _read, _check) = (schema, unset, read, check);

    public JsonSchema Schema { get; }

    /// <summary>What an empty section says, where that is enough to work with; null where something must be written.</summary>
    public object? Unset { get; }

    /// <param name="check">Rules that a schema cannot say; paths are relative to the section.</param>
    /// <param name="unset">What an empty section says, if it keeps these rules: it is neither read nor checked, which a start would wait for.</param>
    public static SettingsType Of<T>(Func<JsonTypeInfo<T>> type, Func<T, IEnumerable<SchemaError>>? check = null, T? unset = null)
        where T : class
        => new(JsonSchema.Of(type), unset, utf8 => JsonSerializer.Deserialize(utf8.Span, type())!, settings => check?.Invoke((T)settings) ?? []);

    /// <summary>Reads a section that has passed <see cref="Schema"/>.</summary>
    public object Read(ReadOnlyMemory<byte> utf8) => Unset is not null && utf8.Span.SequenceEqual("{}"u8) ? Unset : _read(utf8);

    public IEnumerable<SchemaError> Check(object settings) => ReferenceEquals(settings, Unset) ? [] : _check(settings);
}
