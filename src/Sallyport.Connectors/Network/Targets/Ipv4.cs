using System.Globalization;
using System.Net;

namespace Sallyport.Connectors.Network.Targets;

/// <summary>One IPv4 address, read from text more strictly than the platform reads it.</summary>
/// <remarks>The platform reads <c>010.0.0.1</c> as 8.0.0.1 while scanners read 10.0.0.1, and accepts <c>10.1</c> and <c>0x7f000001</c>.</remarks>
internal readonly record struct Ipv4(uint Value) : IComparable<Ipv4>
{
    /// <summary>Exactly four decimal groups of ASCII digits, each at most 255, none with a leading zero.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Ipv4 address)
    {
        address = default;
        uint value = 0;
        var groups = 0;
        foreach (var range in text.Split('.'))
        {
            if (++groups > 4 || !TryGroup(text[range], out var group)) return false;
            value = (value << 8) | group;
        }

        address = new Ipv4(value);
        return groups == 4;
    }

    /// <summary>Text that has been checked before.</summary>
    public static Ipv4 Parse(string text) => TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is no IPv4 address.");

    public static Ipv4 From(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return new Ipv4(((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3]);
    }

    public IPAddress ToIPAddress() => new([(byte)(Value >> 24), (byte)(Value >> 16), (byte)(Value >> 8), (byte)Value]);

    public int CompareTo(Ipv4 other) => Value.CompareTo(other.Value);

    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Value >> 24}.{(Value >> 16) & 255}.{(Value >> 8) & 255}.{Value & 255}");

    private static bool TryGroup(ReadOnlySpan<char> text, out uint group)
    {
        group = 0;
        if (text.Length is 0 or > 3 || (text.Length > 1 && text[0] == '0')) return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            group = (group * 10) + (uint)(c - '0');
        }

        return group <= 255;
    }
}
