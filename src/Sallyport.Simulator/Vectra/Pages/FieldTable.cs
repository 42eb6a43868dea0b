using System.Text.Json;

namespace Sallyport.Simulator.Vectra.Pages;

/// <summary>All members of one kind of object, and the choice of some of them.</summary>
internal sealed class FieldTable<T>(params Field<T>[] fields)
{
    /// <summary>The members chosen; null when a name is not known, which this API answers with an empty page.</summary>
    public IReadOnlyList<Field<T>>? Choose(ListQuery query)
    {
        var wanted = query.Words("fields");
        var unwanted = query.Words("exclude_fields");
        if (!AreKnown(wanted) || !AreKnown(unwanted))
            return null;
        return wanted is null && unwanted is null
            ? fields
            : [.. fields.Where(field => wanted?.Contains(field.Name) is not false && unwanted?.Contains(field.Name) is not true)];
    }

    public void Write(Utf8JsonWriter json, T item) => Write(json, item, fields);

    public static void Write(Utf8JsonWriter json, T item, IReadOnlyList<Field<T>> chosen)
    {
        json.WriteStartObject();
        foreach (var field in chosen)
        {
            json.WritePropertyName(field.Name);
            field.Write(json, item);
        }
        json.WriteEndObject();
    }

    private bool AreKnown(string[]? names)
        => names is null || Array.TrueForAll(names, name => Array.Exists(fields, field => field.IsSelectable && field.Name == name));
}
