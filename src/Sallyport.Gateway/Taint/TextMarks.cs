using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Sallyport.Gateway.Taint;

/// <summary>
/// Marks by which text is recognised where it turns up again. Two texts that share 24 bytes share a mark, however they are
/// placed; texts that share less than 16 do so only through a name: a host, an address, an id.
/// </summary>
/// <remarks>Winnowing (Schleimer, Wilkerson, Aiken 2003): of every nine neighbouring hashes of 16 bytes the smallest is kept.
/// Letters count without their case and blanks as one. A seed of this process makes hashes that nobody can prepare for.</remarks>
internal static class TextMarks
{
    private const int Gram = 16;
    private const int Window = 9;
    private const int LeastName = 7;
    private const int MostName = 256;
    private const int OnStack = 1024;

    private static readonly ulong Base = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;
    private static readonly ulong Oldest = Power(Base, Gram);
    private static readonly SearchValues<byte> InDates = SearchValues.Create("0123456789-:.+tz "u8);
    private static readonly SearchValues<byte> MakesName = SearchValues.Create("0123456789.@"u8);
    private static readonly SearchValues<byte> InName = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-_:@"u8);

    /// <param name="text">UTF-8, as the agent reads it.</param>
    public static void AddTo(ICollection<ulong> marks, ReadOnlySpan<byte> text)
    {
        byte[]? rented = null;
        var buffer = text.Length <= OnStack ? stackalloc byte[OnStack] : rented = ArrayPool<byte>.Shared.Rent(text.Length);
        var plain = buffer[..Normalize(text, buffer)];
        AddPhrases(marks, plain);
        AddNames(marks, plain);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }

    private static int Normalize(ReadOnlySpan<byte> text, Span<byte> plain)
    {
        var length = 0;
        foreach (var value in text)
        {
            if (value is > (byte)' ' and not 0x7F)
                plain[length++] = value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value;
            else if (length > 0 && plain[length - 1] != (byte)' ')
                plain[length++] = (byte)' ';
        }

        return length;
    }

    private static void AddPhrases(ICollection<ulong> marks, ReadOnlySpan<byte> text)
    {
        // A text that is shorter than a whole window is known by its smallest hash alone, if it is more than a date.
        var width = Math.Min(Window, text.Length - Gram + 1);
        if (width < 1 || (width < Window && !text.ContainsAnyExcept(InDates)))
            return;
        Span<ulong> window = stackalloc ulong[Window];
        var rolling = 0UL;
        var smallest = -1;
        for (var end = 0; end < text.Length; end++)
        {
            rolling = (rolling * Base) + text[end] + 1;
            if (end >= Gram)
                rolling -= Oldest * ((ulong)text[end - Gram] + 1);
            var gram = end - Gram + 1;
            if (gram < 0)
                continue;
            window[gram % width] = Mix(rolling);
            if (gram < width - 1)
                continue;
            if (smallest < 0 || smallest <= gram - width)
            {
                smallest = gram;
                for (var earlier = gram - 1; earlier > gram - width; earlier--)
                    smallest = window[earlier % width] < window[smallest % width] ? earlier : smallest;
            }
            else if (window[gram % width] <= window[smallest % width])
            {
                smallest = gram;
            }
            else
            {
                continue;
            }

            marks.Add(window[smallest % width]);
        }
    }

    private static void AddNames(ICollection<ulong> marks, ReadOnlySpan<byte> text)
    {
        while (text.IndexOfAny(InName) is >= 0 and var start)
        {
            text = text[start..];
            var length = text.IndexOfAnyExcept(InName) is >= 0 and var end ? end : text.Length;
            var name = text[..length].Trim(".-_:"u8);
            if (IsName(name))
                marks.Add(Mix(Hash(name)));
            text = text[length..];
        }
    }

    /// <summary>A word with a digit, a dot or an @ in it, but no number, date or time: those are everywhere.</summary>
    private static bool IsName(ReadOnlySpan<byte> name)
        => name.Length is >= LeastName and <= MostName && name.ContainsAny(MakesName)
            && (name.ContainsAnyExcept(InDates) || name.Count((byte)'.') == 3);

    private static ulong Hash(ReadOnlySpan<byte> name)
    {
        var hash = (ulong)name.Length;
        foreach (var value in name)
            hash = (hash * Base) + value + 1;
        return hash;
    }

    private static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 32)) * 0x9E3779B97F4A7C15;
        return hash ^ (hash >> 29);
    }

    private static ulong Power(ulong value, int exponent)
    {
        var power = 1UL;
        for (var i = 0; i < exponent; i++)
            power *= value;
        return power;
    }
}
