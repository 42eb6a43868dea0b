using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Sallyport.Gateway.Shaping.Text;

/// <summary>Reads the content of a JSON string as the platform sent it, escapes and all.</summary>
internal static class RawText
{
    private const int LongEscape = 6;

    /// <summary>The character at <paramref name="position"/>, which moves behind it. Broken text reads as U+FFFD and is not valid.</summary>
    public static Rune Next(ReadOnlySpan<byte> raw, bool isEscaped, ref int position, out bool isValid)
    {
        if (isEscaped && raw[position] == (byte)'\\')
            return NextEscape(raw, ref position, out isValid);
        isValid = Rune.DecodeFromUtf8(raw[position..], out var rune, out var taken) == OperationStatus.Done;
        position += taken;
        return rune;
    }

    /// <summary>The last place at or before <paramref name="most"/> where text can be cut without breaking a character.</summary>
    public static int Boundary(ReadOnlySpan<byte> raw, bool isEscaped, int most)
    {
        if (most >= raw.Length)
            return raw.Length;
        var position = 0;
        while (isEscaped && position < most && raw[position..most].IndexOf((byte)'\\') is >= 0 and var offset)
        {
            var after = position + offset;
            NextEscape(raw, ref after, out _);
            if (after > most)
                return position + offset;
            position = after;
        }

        return BeforeCharacter(raw, position, most);
    }

    /// <summary>Steps back from the middle of a UTF-8 sequence, never before <paramref name="least"/>.</summary>
    public static int BeforeCharacter(ReadOnlySpan<byte> text, int least, int position)
    {
        while (position > least && position < text.Length && (text[position] & 0xC0) == 0x80)
            position--;
        return position;
    }

    private static Rune NextEscape(ReadOnlySpan<byte> raw, ref int position, out bool isValid)
    {
        isValid = true;
        var kind = raw[position + 1];
        if (kind != (byte)'u')
        {
            position += 2;
            return new Rune(kind switch
            {
                (byte)'n' => '\n',
                (byte)'r' => '\r',
                (byte)'t' => '\t',
                (byte)'b' => '\b',
                (byte)'f' => '\f',
                _ => (char)kind,
            });
        }

        var unit = CodeUnit(raw[position..]);
        position += LongEscape;
        if (Rune.TryCreate(unit, out var rune))
            return rune;
        var rest = raw[position..];
        if (rest.Length >= LongEscape && rest[0] == (byte)'\\' && rest[1] == (byte)'u' && Rune.TryCreate(unit, CodeUnit(rest), out rune))
        {
            position += LongEscape;
            return rune;
        }

        isValid = false;
        return Rune.ReplacementChar;
    }

    // Digits that are none occur only in text that the JSON reader is about to refuse.
    private static char CodeUnit(ReadOnlySpan<byte> escape) =>
        Utf8Parser.TryParse(escape.Slice(2, 4), out ushort unit, out _, 'x') ? (char)unit : '\0';
}
