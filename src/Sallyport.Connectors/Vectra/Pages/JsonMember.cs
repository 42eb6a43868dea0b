using System.Text;
using System.Text.Json;

namespace Sallyport.Connectors.Vectra.Pages;

/// <summary>Looks one member up in an object without reading the rest of it.</summary>
internal static class JsonMember
{
    /// <summary>The member's text, number or truth value as text; null when it is absent, null, or something larger.</summary>
    public static string? Text(ReadOnlySpan<byte> json, string name)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            if (isIt)
                return Text(ref reader);
            reader.Skip();
        }

        return null;
    }

    /// <summary>As <see cref="Text(ReadOnlySpan{byte}, string)"/>, for a member of an object that is itself a member.</summary>
    public static string? Text(ReadOnlySpan<byte> json, string outer, string name)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(outer);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isIt)
                return Text(json[start..(int)reader.BytesConsumed], name);
        }

        return null;
    }

    private static string? Text(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => null,
    };
}
