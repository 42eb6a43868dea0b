using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Sallyport.Gateway.Audit.Canonical;

/// <summary>Rewrites JSON in the one form that RFC 8785 (JCS) allows, so that a seal over it can be recomputed by anyone.</summary>
internal static class CanonicalJson
{
    /// <summary>Integers of up to this many characters are exact and already canonical.</summary>
    private const int ExactIntegerLength = 15;

    /// <summary>
    /// Writes <paramref name="json"/> in canonical form. Of members that share a name the last one counts, and a number
    /// that would lose digits (an integer beyond 2^53, say) is written as a string, because an audit must not round.
    /// </summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static void Write(IBufferWriter<byte> to, ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span)) json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Span));
        using var document = JsonDocument.Parse(json);
        Write(to, document.RootElement);
    }

    private static void Write(IBufferWriter<byte> to, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object: WriteObject(to, element); break;
            case JsonValueKind.Array: WriteArray(to, element); break;
            case JsonValueKind.String: CanonicalText.WriteRaw(to, JsonMarshal.GetRawUtf8Value(element)[1..^1]); break;
            case JsonValueKind.Number: WriteNumber(to, JsonMarshal.GetRawUtf8Value(element)); break;
            default: to.Write(JsonMarshal.GetRawUtf8Value(element)); break;
        }
    }

    private static void WriteObject(IBufferWriter<byte> to, JsonElement element)
    {
        // Ordinal order of .NET strings is the order by UTF-16 code units that the RFC asks for.
        var members = new SortedList<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
            members[CanonicalText.Unescape(JsonMarshal.GetRawUtf8PropertyName(member))] = member.Value;

        to.Write("{"u8);
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0) to.Write(","u8);
            CanonicalText.Write(to, members.Keys[i]);
            to.Write(":"u8);
            Write(to, members.Values[i]);
        }

        to.Write("}"u8);
    }

    private static void WriteArray(IBufferWriter<byte> to, JsonElement element)
    {
        to.Write("["u8);
        var isFirst = true;
        foreach (var item in element.EnumerateArray())
        {
            if (!isFirst) to.Write(","u8);
            isFirst = false;
            Write(to, item);
        }

        to.Write("]"u8);
    }

    private static void WriteNumber(IBufferWriter<byte> to, ReadOnlySpan<byte> token)
    {
        var isInteger = token.IndexOfAny(".eE"u8) < 0;
        if (isInteger && token.Length <= ExactIntegerLength && !token.SequenceEqual("-0"u8))
        {
            to.Write(token);
            return;
        }

        Span<byte> text = stackalloc byte[EcmaNumber.MaxLength];
        var value = double.Parse(token, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsFinite(value)) text = text[..EcmaNumber.Format(value, text)];
        if (double.IsFinite(value) && (!isInteger || value == 0 || token.SequenceEqual(text))) to.Write(text);
        else CanonicalText.WriteRaw(to, token);
    }
}
