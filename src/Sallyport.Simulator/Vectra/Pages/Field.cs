using System.Text.Json;

namespace Sallyport.Simulator.Vectra.Pages;

/// <summary>One member of an object on the wire.</summary>
/// <param name="IsSelectable">Whether clients may name it in <c>fields</c> and <c>exclude_fields</c>.</param>
internal sealed record Field<T>(string Name, Action<Utf8JsonWriter, T> Write, bool IsSelectable = true)
{
    /// <summary>The same member, but not one that clients may name.</summary>
    public Field<T> Fixed() => this with { IsSelectable = false };
}

/// <summary>Makes members, so that an object is read off as a list of them.</summary>
internal static class Field
{
    public static Field<T> Text<T>(string name, Func<T, string?> value) => new(name, (json, item) => json.WriteStringValue(value(item)));

    public static Field<T> Number<T>(string name, Func<T, long?> value) => new(name, (json, item) =>
    {
        if (value(item) is { } number)
            json.WriteNumberValue(number);
        else
            json.WriteNullValue();
    });

    public static Field<T> Flag<T>(string name, Func<T, bool> value) => new(name, (json, item) => json.WriteBooleanValue(value(item)));

    public static Field<T> Time<T>(string name, Func<T, DateTimeOffset?> value)
        => Text<T>(name, item => value(item) is { } time ? VectraTime.Text(time) : null);

    public static Field<T> Null<T>(string name) => new(name, static (json, _) => json.WriteNullValue());

    public static Field<T> Nothing<T>(string name) => Texts<T>(name, static _ => []);

    public static Field<T> Texts<T>(string name, Func<T, IEnumerable<string>> values) => new(name, (json, item) => WriteTexts(json, values(item)));

    public static Field<T> List<T, TItem>(string name, Func<T, IEnumerable<TItem>> items, Action<Utf8JsonWriter, T, TItem> write)
        => new(name, (json, item) =>
        {
            json.WriteStartArray();
            foreach (var one in items(item))
                write(json, item, one);
            json.WriteEndArray();
        });

    public static void WriteTexts(Utf8JsonWriter json, IEnumerable<string> values)
    {
        json.WriteStartArray();
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
