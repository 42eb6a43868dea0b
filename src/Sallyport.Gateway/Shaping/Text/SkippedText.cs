namespace Sallyport.Gateway.Shaping.Text;

/// <summary>Counts the characters of a string that is too long to be read, piece by piece and without keeping any.</summary>
internal struct SkippedText
{
    private const int HexDigits = 4;

    private bool _afterBackslash;
    private int _hexLeft;
    private bool _startsWithD;

    /// <summary>Characters passed so far; a surrogate pair is one.</summary>
    public long Characters { get; private set; }

    /// <summary>Goes over the next piece and returns where the string's closing quote is, or -1.</summary>
    public int Skip(ReadOnlySpan<byte> piece)
    {
        for (var position = 0; position < piece.Length; position++)
        {
            var value = piece[position];
            if (_afterBackslash || _hexLeft > 0)
            {
                InEscape(value);
                continue;
            }

            if (value == (byte)'"')
                return position;
            if (value < (byte)' ')
                throw new ShapingException(ShapingFailure.InvalidJson, "The platform's answer is not valid JSON: a string holds a bare control character.");
            _afterBackslash = value == (byte)'\\';
            if ((value & 0xC0) != 0x80)
                Characters++;
        }

        return -1;
    }

    private void InEscape(byte value)
    {
        if (_afterBackslash)
        {
            _afterBackslash = false;
            if ("\"\\/bfnrtu"u8.IndexOf(value) < 0)
                throw BadEscape();
            _hexLeft = value == (byte)'u' ? HexDigits : 0;
            return;
        }

        if (!char.IsAsciiHexDigit((char)value))
            throw BadEscape();
        // The second half of a pair, \uDC00 to \uDFFF, was counted with the first.
        if (_hexLeft == HexDigits)
            _startsWithD = value is (byte)'d' or (byte)'D';
        else if (_hexLeft == HexDigits - 1 && _startsWithD && (value | 0x20) is >= (byte)'c' and <= (byte)'f')
            Characters--;
        _hexLeft--;
    }

    private static ShapingException BadEscape() =>
        new(ShapingFailure.InvalidJson, "The platform's answer is not valid JSON: a string holds a broken escape.");
}
