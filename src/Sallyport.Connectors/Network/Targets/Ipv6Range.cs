using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Sallyport.Connectors.Network.Targets;

/// <summary>A block of IPv6 addresses, written as one address or as a network with a prefix length.</summary>
internal readonly record struct Ipv6Range
{
    private const int Bits = 128;

    private readonly UInt128 _first;

    private Ipv6Range(UInt128 first, int prefix) => (_first, Prefix) = (first, prefix);

    /// <summary>0 to 128.</summary>
    public int Prefix { get; }

    /// <summary>As many as a number can say; larger networks are too large for anything anyway.</summary>
    public long Count => Bits - Prefix < 63 ? 1L << (Bits - Prefix) : long.MaxValue;

    private UInt128 Last => _first | ~Mask(Prefix);

    /// <summary>Only hexadecimal digits and colons: no zone, no brackets, no embedded IPv4 that would be read a second way.</summary>
    public static bool TryParse(string text, out Ipv6Range range)
    {
        range = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var written = slash < 0 ? text : text[..slash];
        var prefix = Bits;
        if (!written.All(c => char.IsAsciiHexDigit(c) || c == ':') || !IPAddress.TryParse(written, out var address)
            || address.AddressFamily != AddressFamily.InterNetworkV6 || (slash >= 0 && !TryPrefix(text[(slash + 1)..], out prefix)))
            return false;
        range = new Ipv6Range(BinaryPrimitives.ReadUInt128BigEndian(address.GetAddressBytes()) & Mask(prefix), prefix);
        return true;
    }

    public bool Contains(Ipv6Range other) => _first <= other._first && other.Last <= Last;

    public bool Touches(Ipv6Range other) => _first <= other.Last && other._first <= Last;

    /// <summary>The blocks of that prefix length that make up this one, which must not be smaller than they.</summary>
    public IEnumerable<Ipv6Range> Split(int prefix)
    {
        for (long block = 0; block < 1L << (prefix - Prefix); block++)
            yield return new Ipv6Range(_first + ((UInt128)block << (Bits - prefix)), prefix);
    }

    public override string ToString()
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _first);
        var address = new IPAddress(bytes);
        return Prefix == Bits ? address.ToString() : string.Create(CultureInfo.InvariantCulture, $"{address}/{Prefix}");
    }

    private static bool TryPrefix(string text, out int prefix)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out prefix) && prefix <= Bits && text == prefix.ToString(CultureInfo.InvariantCulture);

    private static UInt128 Mask(int prefix) => prefix == 0 ? 0 : UInt128.MaxValue << (Bits - prefix);
}
