using System.Buffers;
using System.Text.Json;
using Sallyport.Gateway.Shaping;

namespace Sallyport.Gateway.Taint;

/// <summary>Collects the marks of the texts in a JSON document.</summary>
internal static class JsonTexts
{
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 256 };

    /// <summary>Marks of every text in a write's arguments.</summary>
    public static void AddAll(ICollection<ulong> marks, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Deep);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String)
                Add(marks, ref reader);
        }
    }

    /// <summary>Marks of the texts in a shaped result that stand under these members, at any depth.</summary>
    public static void AddUntrusted(ICollection<ulong> marks, ReadOnlySpan<byte> json, MemberSet members)
    {
        var reader = new Utf8JsonReader(json, Deep);
        var outside = int.MaxValue;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName when reader.ValueTextEquals("_warning"u8):
                    reader.Read();
                    break;
                case JsonTokenType.PropertyName when outside == int.MaxValue && members.Contains(reader.ValueSpan):
                    outside = reader.CurrentDepth;
                    break;
                case JsonTokenType.String when outside != int.MaxValue:
                    Add(marks, ref reader);
                    break;
            }

            // The value has ended when the reader is back at the depth of its name.
            if (outside != int.MaxValue && reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.StartObject or JsonTokenType.StartArray) && reader.CurrentDepth <= outside)
                outside = int.MaxValue;
        }
    }

    private static void Add(ICollection<ulong> marks, ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            TextMarks.AddTo(marks, reader.ValueSpan);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        TextMarks.AddTo(marks, rented.AsSpan(0, reader.CopyString(rented)));
        ArrayPool<byte>.Shared.Return(rented);
    }
}
