using System.Text.Json;

namespace Sallyport.Gateway.Shaping.Reading;

/// <summary>What no honest answer exceeds, and what would cost too much to read.</summary>
internal static class ReadLimits
{
    /// <summary>Containers inside each other, the root included.</summary>
    private const int MostDepth = 64;

    private const int MostNumberBytes = 1024;

    /// <summary>One deeper than is allowed, so that this class and not the JSON reader says that it is too deep.</summary>
    public static JsonReaderOptions Options { get; } = new() { MaxDepth = MostDepth + 1 };

    public static void Check(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= MostDepth)
            throw new ShapingException(ShapingFailure.TooDeep, $"The platform's answer nests more than {MostDepth} objects and arrays in each other.");
        if (reader.TokenType == JsonTokenType.Number && reader.ValueSpan.Length > MostNumberBytes)
            throw NumberTooLong();
    }

    public static ShapingException NumberTooLong() =>
        new(ShapingFailure.NumberTooLong, $"The platform's answer holds a number of more than {MostNumberBytes} digits.");
}
