using System.Buffers;
using System.Text.Json;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Shaping;

namespace Sallyport.Gateway.Taint;

/// <summary>Collects the marks of the texts in a JSON document.</summary>
internal static class JsonTexts
{
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 256 };

    /// <summary>Marks of the texts in a write's arguments; a value out of a closed list says nothing about where it was read.</summary>
    public static void AddWritten(ICollection<ulong> marks, ReadOnlySpan<byte> json, Tool tool)
    {
        var reader = new Utf8JsonReader(json, Deep);
        reader.Read();
        AddWritten(marks, ref reader, tool.Input.Root, tool.ClosedArguments);
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

    private static void AddWritten(ICollection<ulong> marks, ref Utf8JsonReader reader, SchemaNode? schema, IReadOnlyList<string> closed)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    if (closed.Contains(name, StringComparer.Ordinal))
                        reader.Skip();
                    else
                        AddWritten(marks, ref reader, schema?.Properties.GetValueOrDefault(name), []);
                }

                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    AddWritten(marks, ref reader, schema?.Items, []);
                break;
            case JsonTokenType.String when schema?.Enum is null:
                Add(marks, ref reader);
                break;
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
