using System.Text.Json;

namespace Sallyport.Gateway.Pipeline;

/// <summary>Writes a JSON value once more, with its members in another order or its values in another form.</summary>
internal static class JsonRewrite
{
    /// <param name="ordered">The members of an object as they are to be written.</param>
    /// <param name="leaf">Writes what is neither an object nor an array.</param>
    public static void Write(
        Utf8JsonWriter writer, JsonElement value, Func<IEnumerable<JsonProperty>, IEnumerable<JsonProperty>> ordered, Action<Utf8JsonWriter, JsonElement> leaf)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in ordered(value.EnumerateObject()))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, ordered, leaf);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item, ordered, leaf);
                writer.WriteEndArray();
                break;
            default:
                leaf(writer, value);
                break;
        }
    }
}
