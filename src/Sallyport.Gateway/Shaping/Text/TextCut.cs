using System.Buffers.Text;
using Sallyport.Gateway.Shaping.Writing;

namespace Sallyport.Gateway.Shaping.Text;

/// <summary>
/// Shortens clean text and says by how much: <c>…[+N chars]</c>, counted in Unicode characters. Text that already ends
/// so is taken as cut before, and the two counts are added up.
/// </summary>
internal static class TextCut
{
    /// <summary>Text is not cut to fewer bytes: it would be all suffix.</summary>
    public const int Least = 32;

    private const int MostDigits = 18;

    private static ReadOnlySpan<byte> Opening => "…[+"u8;

    private static ReadOnlySpan<byte> Closing => " chars]"u8;

    /// <summary>Appends text, which is longer than that, in at most <paramref name="most"/> bytes.</summary>
    public static void Add(PooledBuffer destination, ReadOnlySpan<byte> text, int most)
    {
        var dropped = TakeSuffix(ref text);
        var suffix = Opening.Length + JsonText.Digits(dropped + text.Length) + Closing.Length;
        var kept = Boundary(text, Math.Max(0, most - suffix));
        destination.Add(text[..kept]);
        AddSuffix(destination, dropped + Characters(text[kept..]));
    }

    public static void AddSuffix(PooledBuffer destination, long dropped)
    {
        destination.Add(Opening);
        JsonText.Number(destination, dropped);
        destination.Add(Closing);
    }

    /// <summary>The last place at or before <paramref name="most"/> that is neither inside a character nor inside an escape.</summary>
    public static int Boundary(ReadOnlySpan<byte> text, int most)
    {
        if (most >= text.Length)
            return text.Length;
        var kept = RawText.BeforeCharacter(text, 0, most);
        var backslashes = kept - 1 - text[..kept].LastIndexOfAnyExcept((byte)'\\');
        return kept - (backslashes & 1);
    }

    private static long TakeSuffix(ref ReadOnlySpan<byte> text)
    {
        if (!text.EndsWith(Closing))
            return 0;
        var number = text[..^Closing.Length];
        var digits = number.Length - 1 - number.LastIndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits > MostDigits || !number[..^digits].EndsWith(Opening) || !Utf8Parser.TryParse(number[^digits..], out long dropped, out _))
            return 0;
        text = number[..^(digits + Opening.Length)];
        return dropped;
    }

    private static long Characters(ReadOnlySpan<byte> text)
    {
        long characters = 0;
        for (var position = 0; position < text.Length; position++)
        {
            if (text[position] == (byte)'\\')
                position++;
            if ((text[position] & 0xC0) != 0x80)
                characters++;
        }

        return characters;
    }
}
