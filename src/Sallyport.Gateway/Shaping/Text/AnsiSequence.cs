using System.Text;

namespace Sallyport.Gateway.Shaping.Text;

/// <summary>Recognises the terminal control sequences with which text can repaint or rename a terminal.</summary>
internal static class AnsiSequence
{
    private const int Escape = 0x1B;
    private const int Bell = 0x07;
    private const int StringTerminator = 0x9C;

    public static bool Starts(Rune rune) => rune.Value is Escape or 0x90 or 0x98 or (>= 0x9B and <= 0x9F and not StringTerminator);

    /// <summary>
    /// Where the sequence that <paramref name="start"/> began ends; <paramref name="position"/> is right behind that
    /// character. A command string that is never terminated gives back everything but its opening, and sets
    /// <paramref name="isUnterminated"/> so that the same text is not searched to its end again and again.
    /// </summary>
    public static int End(ReadOnlySpan<byte> raw, bool isEscaped, int position, Rune start, ref bool isUnterminated)
    {
        var kind = start.Value;
        if (kind == Escape)
        {
            var next = position;
            kind = Peek(raw, isEscaped, ref next);
            if (kind is '[' or ']' or 'P' or 'X' or '^' or '_')
            {
                position = next;
                kind += 0x40;
            }
        }

        return kind switch
        {
            '[' + 0x40 => EndOfControl(raw, isEscaped, position),
            >= 0x90 and <= 0x9F => EndOfString(raw, isEscaped, position, ref isUnterminated),
            >= ' ' and <= '/' => EndOfSelection(raw, isEscaped, position),
            '7' or '8' or '=' or '>' or 'c' or 'D' or 'E' or 'H' or 'M' or 'N' or 'O' or 'Z' or '\\' => AfterOne(raw, isEscaped, position),
            _ => position,
        };
    }

    // Parameters, intermediates, one final byte.
    private static int EndOfControl(ReadOnlySpan<byte> raw, bool isEscaped, int position)
    {
        var next = position;
        int value;
        while ((value = Peek(raw, isEscaped, ref next)) is >= ' ' and <= '?')
            position = next;
        return value is >= '@' and <= '~' ? next : position;
    }

    private static int EndOfString(ReadOnlySpan<byte> raw, bool isEscaped, int position, ref bool isUnterminated)
    {
        var next = position;
        int value;
        while (!isUnterminated && (value = Peek(raw, isEscaped, ref next)) >= 0)
        {
            if (value is Bell or StringTerminator)
                return next;
            if (value == Escape)
            {
                var after = next;
                if (Peek(raw, isEscaped, ref after) == '\\')
                    return after;
            }
        }

        isUnterminated = true;
        return position;
    }

    // Character set selections: one or more of space to slash, then one byte.
    private static int EndOfSelection(ReadOnlySpan<byte> raw, bool isEscaped, int position)
    {
        var next = position;
        int value;
        while ((value = Peek(raw, isEscaped, ref next)) is >= ' ' and <= '/')
            position = next;
        return value is >= '0' and <= '~' ? next : position;
    }

    private static int AfterOne(ReadOnlySpan<byte> raw, bool isEscaped, int position)
    {
        Peek(raw, isEscaped, ref position);
        return position;
    }

    private static int Peek(ReadOnlySpan<byte> raw, bool isEscaped, ref int position) =>
        position < raw.Length ? RawText.Next(raw, isEscaped, ref position, out _).Value : -1;
}
