using System.Text;

namespace Sallyport.Core.Processes;

/// <summary>Turns what a program printed into text that cannot move a cursor, ring a bell or hide itself.</summary>
public static class CleanText
{
    /// <summary>Decodes UTF-8 with replacement, drops a character cut at the end, escape sequences and control characters except LF and TAB.</summary>
    public static string From(ReadOnlySpan<byte> bytes, bool wasCut = false)
    {
        if (wasCut) bytes = bytes[..LastWholeCharacter(bytes)];
        return From(Encoding.UTF8.GetString(bytes));
    }

    public static string From(string text)
    {
        if (!text.Any(IsDropped)) return text;

        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == Escape) i = EndOfSequence(text, i);
            else if (!IsDropped(text[i])) clean.Append(text[i]);
        }

        return clean.ToString();
    }

    private const char Escape = '\u001b';
    private const char Bell = '\u0007';

    private static bool IsDropped(char c) => char.IsControl(c) && c is not ('\n' or '\t');

    /// <summary>Index of the last character of the escape sequence that starts at <paramref name="start"/>.</summary>
    private static int EndOfSequence(string text, int start)
    {
        var i = start + 1;
        if (i >= text.Length) return start;
        switch (text[i])
        {
            case '[':
                do i++;
                while (i < text.Length && text[i] is >= ' ' and < '@');
                return Math.Min(i, text.Length - 1);
            case ']':
                while (i < text.Length && text[i] is not (Bell or Escape or '\n')) i++;
                if (i + 1 < text.Length && text[i] == Escape && text[i + 1] == '\\') return i + 1;
                return i < text.Length && text[i] == Bell ? i : i - 1;
            case >= ' ' and <= '~':
                return i;
            default:
                return start;
        }
    }

    private static int LastWholeCharacter(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.Length;
        while (start > 0 && bytes.Length - start < 4)
        {
            start--;
            if ((bytes[start] & 0b1100_0000) == 0b1000_0000) continue;
            var length = bytes[start] switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };
            return start + length > bytes.Length ? start : bytes.Length;
        }

        return bytes.Length;
    }
}
