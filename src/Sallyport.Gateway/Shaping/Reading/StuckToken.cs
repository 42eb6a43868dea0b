namespace Sallyport.Gateway.Shaping.Reading;

/// <summary>Looks at a full window in which the JSON reader could not finish one token, and finds out what is in its way.</summary>
internal static class StuckToken
{
    /// <summary>Removes blanks around the separators and the string at the front; returns how many bytes are left.</summary>
    public static int DropBlanks(Span<byte> unread)
    {
        var token = TokenStart(unread);
        var kept = DropBlanksBetween(unread[..token]);
        var end = token;
        if (token < unread.Length && unread[token] == (byte)'"' && Closing(unread, token + 1) is >= 0 and var closing)
        {
            unread[token..(closing + 1)].CopyTo(unread[kept..]);
            kept += closing + 1 - token;
            end = closing + 1 + Blanks(unread[(closing + 1)..]);
        }

        unread[end..].CopyTo(unread[kept..]);
        return kept + unread.Length - end;
    }

    /// <summary>Where the content of the overlong string at the front starts.</summary>
    /// <exception cref="ShapingException">It is not a string.</exception>
    public static int ContentStart(ReadOnlySpan<byte> unread)
    {
        var token = TokenStart(unread);
        return unread[token] == (byte)'"' ? token + 1 : throw ReadLimits.NumberTooLong();
    }

    private static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';

    private static int TokenStart(ReadOnlySpan<byte> unread)
    {
        var start = 0;
        while (start < unread.Length && (IsBlank(unread[start]) || unread[start] is (byte)',' or (byte)':'))
            start++;
        return start;
    }

    private static int Blanks(ReadOnlySpan<byte> text)
    {
        var count = 0;
        while (count < text.Length && IsBlank(text[count]))
            count++;
        return count;
    }

    private static int DropBlanksBetween(Span<byte> separators)
    {
        var kept = 0;
        foreach (var value in separators)
        {
            if (!IsBlank(value))
                separators[kept++] = value;
        }

        return kept;
    }

    private static int Closing(ReadOnlySpan<byte> text, int position)
    {
        while (text[position..].IndexOfAny((byte)'"', (byte)'\\') is >= 0 and var offset)
        {
            position += offset;
            if (text[position] == (byte)'"')
                return position;
            position = Math.Min(position + 2, text.Length);
        }

        return -1;
    }
}
