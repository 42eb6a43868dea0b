using System.Buffers.Text;
using System.Text;
using Sallyport.Gateway.Shaping.Text;

namespace Sallyport.Gateway.Shaping.Writing;

/// <summary>
/// Puts compact JSON together from text that is already escaped. <c>Utf8JsonWriter</c> does not serve here: it cannot
/// take back a row that found no room, and it writes every emoji as twelve bytes of <c>\u</c> escapes.
/// </summary>
internal static class JsonText
{
    public static int Digits(long number) => number < 10 ? 1 : 1 + Digits(number / 10);

    /// <summary>How many bytes a comma takes before the next name or element: one or none.</summary>
    public static int CommaLength(PooledBuffer json) =>
        json.Length == 0 || json.Written[^1] is (byte)'{' or (byte)'[' or (byte)':' ? 0 : 1;

    public static void Separate(PooledBuffer json)
    {
        if (CommaLength(json) > 0)
            json.Add((byte)',');
    }

    public static void Quote(PooledBuffer json, ReadOnlySpan<byte> escaped)
    {
        var length = escaped.Length + 2;
        var space = json.Reserve(length)[..length];
        space[0] = (byte)'"';
        escaped.CopyTo(space[1..]);
        space[^1] = (byte)'"';
        json.Commit(length);
    }

    public static void Name(PooledBuffer json, ReadOnlySpan<byte> escaped)
    {
        Separate(json);
        Quote(json, escaped);
        json.Add((byte)':');
    }

    public static void Number(PooledBuffer json, long number)
    {
        Utf8Formatter.TryFormat(number, json.Reserve(20), out var written);
        json.Commit(written);
    }

    /// <summary>The gate's own words, cleaned like anyone else's and ready to stand between quotes.</summary>
    public static byte[] Escape(string text)
    {
        using var sanitizer = new TextSanitizer(TextLimits.None);
        return sanitizer.Clean(Encoding.UTF8.GetBytes(text), isEscaped: false, out _).ToArray();
    }
}
