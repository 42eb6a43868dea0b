using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sallyport.Gateway.Audit.Canonical;

/// <summary>Writes text as a JSON string in the one form that RFC 8785 allows.</summary>
internal static class CanonicalText
{
    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\']);

    public static void Write(IBufferWriter<byte> to, ReadOnlySpan<char> text)
    {
        to.Write("\""u8);
        for (int next; (next = text.IndexOfAny(Escaped)) >= 0; text = text[(next + 1)..])
        {
            Encoding.UTF8.GetBytes(text[..next], to);
            WriteEscape(to, text[next]);
        }

        Encoding.UTF8.GetBytes(text, to);
        to.Write("\""u8);
    }

    /// <summary>Writes a string as it stands in JSON, without its quotes; half a surrogate pair becomes U+FFFD.</summary>
    public static void WriteRaw(IBufferWriter<byte> to, ReadOnlySpan<byte> raw)
    {
        if (raw.Contains((byte)'\\'))
        {
            Write(to, Unescape(raw));
            return;
        }

        to.Write("\""u8);
        to.Write(raw);
        to.Write("\""u8);
    }

    /// <summary>What a string means that stands in JSON. The framework's own reader refuses half a surrogate pair, which an agent may well send.</summary>
    public static string Unescape(ReadOnlySpan<byte> raw)
    {
        if (!raw.Contains((byte)'\\')) return Encoding.UTF8.GetString(raw);

        var text = new StringBuilder(raw.Length);
        for (int next; (next = raw.IndexOf((byte)'\\')) >= 0;)
        {
            text.Append(Encoding.UTF8.GetString(raw[..next]));
            var symbol = (char)raw[next + 1];
            if (symbol == 'u') text.Append((char)ushort.Parse(raw.Slice(next + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            else text.Append(symbol switch { 'b' => '\b', 't' => '\t', 'n' => '\n', 'f' => '\f', 'r' => '\r', _ => symbol });
            raw = raw[(next + (symbol == 'u' ? 6 : 2))..];
        }

        return text.Append(Encoding.UTF8.GetString(raw)).ToString();
    }

    private static void WriteEscape(IBufferWriter<byte> to, char symbol)
    {
        ReadOnlySpan<byte> hex = "0123456789abcdef"u8;
        switch (symbol)
        {
            case '"': to.Write("\\\""u8); break;
            case '\\': to.Write("\\\\"u8); break;
            case '\b': to.Write("\\b"u8); break;
            case '\t': to.Write("\\t"u8); break;
            case '\n': to.Write("\\n"u8); break;
            case '\f': to.Write("\\f"u8); break;
            case '\r': to.Write("\\r"u8); break;
            default: to.Write([(byte)'\\', (byte)'u', (byte)'0', (byte)'0', hex[symbol >> 4], hex[symbol & 0xf]]); break;
        }
    }
}
