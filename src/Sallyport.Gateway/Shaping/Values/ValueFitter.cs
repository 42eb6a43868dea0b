using System.Numerics;
using System.Text.Json;

namespace Sallyport.Gateway.Shaping.Values;

/// <summary>
/// Rewrites a value that is too big: long strings are cut to the greatest common length that fits, and only when that is
/// not enough are the last members and elements left out.
/// </summary>
internal static class ValueFitter
{
    /// <summary>Shorter strings are not cut before anything is left out: what remained would say little.</summary>
    private const int LeastText = 256;

    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 256 };

    /// <param name="root">What the value is called in the result.</param>
    /// <param name="index">Its place in the rows, or -1.</param>
    /// <param name="json">A value as <see cref="ValueWriter"/> wrote it.</param>
    /// <param name="room">The most bytes, at least 4.</param>
    /// <param name="warningRoom">Room that the writer holds back.</param>
    /// <param name="target">Takes the new value.</param>
    public static void Fit(ReadOnlySpan<byte> root, long index, ReadOnlySpan<byte> json, int room, int warningRoom, ValueWriter target)
    {
        target.Begin(root, index, room, MostText(json, room - warningRoom));
        var reader = new Utf8JsonReader(json, Deep);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    target.Name(reader.ValueSpan);
                    break;
                case JsonTokenType.String:
                    target.Text(reader.ValueSpan);
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    target.Start(reader.TokenType == JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    target.End();
                    break;
                default:
                    target.Literal(reader.ValueSpan);
                    break;
            }
        }

        if (target.Json.IsEmpty)
        {
            target.Begin(root, index, room, LeastText);
            target.Literal("null"u8);
            target.Cuts.Add(root, index, [], [], 0);
        }
    }

    // Savings are summed up by powers of two: one pass says for each of them how small the value would get.
    private static int MostText(ReadOnlySpan<byte> json, int room)
    {
        if (json.Length <= room)
            return json.Length;
        Span<long> savings = stackalloc long[32];
        savings.Clear();
        var reader = new Utf8JsonReader(json, Deep);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.String)
                continue;
            var length = reader.ValueSpan.Length;
            for (var most = LeastText; most < length; most *= 2)
                savings[BitOperations.Log2((uint)most)] += length - most;
        }

        for (var power = 30; power > BitOperations.Log2(LeastText); power--)
        {
            if (savings[power] > 0 && json.Length - savings[power] <= room)
                return 1 << power;
        }

        return LeastText;
    }
}
