using System.Buffers.Text;
using System.Globalization;

namespace Sallyport.Gateway.Audit.Canonical;

/// <summary>Writes a number the way ECMAScript does, which is the one way that RFC 8785 allows.</summary>
internal static class EcmaNumber
{
    public const int MaxLength = 32;

    /// <summary>Writes a finite number in at most <see cref="MaxLength"/> bytes and says in how many.</summary>
    public static int Format(double value, Span<byte> to)
    {
        Span<byte> shortest = stackalloc byte[MaxLength];
        Span<byte> digits = stackalloc byte[MaxLength];
        value.TryFormat(shortest, out var length, "R", CultureInfo.InvariantCulture);
        var (count, point) = Split(shortest[..length], digits);
        if (count == 0)
        {
            to[0] = (byte)'0';
            return 1;
        }

        var writer = new Writer(to);
        if (value < 0) writer.Add('-');
        digits = digits[..count];
        if (point is > 0 and <= 21)
        {
            writer.Add(digits[..Math.Min(count, point)]);
            writer.AddZeros(point - count);
            if (count > point) writer.Add('.');
            if (count > point) writer.Add(digits[point..]);
        }
        else if (point is > -6 and <= 0)
        {
            writer.Add("0."u8);
            writer.AddZeros(-point);
            writer.Add(digits);
        }
        else
        {
            writer.Add(digits[..1]);
            if (count > 1) writer.Add('.');
            writer.Add(digits[1..]);
            writer.Add(point > 0 ? "e+"u8 : "e-"u8);
            writer.Add(Math.Abs(point - 1));
        }

        return writer.Length;
    }

    /// <summary>Takes apart the shortest text that reads back as the same number: its significant digits, and where the point stands among them.</summary>
    private static (int Count, int Point) Split(ReadOnlySpan<byte> text, Span<byte> digits)
    {
        var mark = text.IndexOf((byte)'E');
        var exponent = 0;
        if (mark >= 0) exponent = int.Parse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

        var (count, point, seenPoint) = (0, 0, false);
        foreach (var symbol in mark < 0 ? text : text[..mark])
        {
            if (symbol == '.') seenPoint = true;
            if (!char.IsAsciiDigit((char)symbol)) continue;
            if (count > 0 || symbol != '0') digits[count++] = symbol;
            if (!seenPoint && count > 0) point++;
            if (seenPoint && count == 0) point--;
        }

        while (count > 0 && digits[count - 1] == '0') count--;
        return (count, point + exponent);
    }

    /// <summary>Fills a span from its start.</summary>
    private ref struct Writer(Span<byte> to)
    {
        private readonly Span<byte> _to = to;

        public int Length { get; private set; }

        public void Add(char symbol) => _to[Length++] = (byte)symbol;

        public void Add(scoped ReadOnlySpan<byte> symbols)
        {
            symbols.CopyTo(_to[Length..]);
            Length += symbols.Length;
        }

        public void AddZeros(int count)
        {
            for (var i = 0; i < count; i++) Add('0');
        }

        public void Add(int number)
        {
            Utf8Formatter.TryFormat(number, _to[Length..], out var written);
            Length += written;
        }
    }
}
