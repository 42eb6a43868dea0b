using System.Globalization;

namespace Sallyport.Connectors.Network.Targets;

/// <summary>A block of IPv4 addresses, written as one address or as a network with a prefix length.</summary>
internal readonly record struct Ipv4Range
{
    private Ipv4Range(Ipv4 first, int prefix) => (First, Prefix) = (first, prefix);

    public Ipv4 First { get; }

    /// <summary>0 to 32.</summary>
    public int Prefix { get; }

    public Ipv4 Last => new(First.Value | ~Mask(Prefix));

    /// <summary>Counts the network and the broadcast address too.</summary>
    public long Count => 1L << (32 - Prefix);

    public static Ipv4Range Of(Ipv4 address) => new(address, 32);

    /// <summary>Host bits may be set, the network is taken; a netmask in place of the prefix length is refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Ipv4Range range)
    {
        range = default;
        var slash = text.IndexOf('/');
        if (!Ipv4.TryParse(slash < 0 ? text : text[..slash], out var address)) return false;
        var prefix = 32;
        if (slash >= 0 && !TryPrefix(text[(slash + 1)..], out prefix)) return false;
        range = new Ipv4Range(new Ipv4(address.Value & Mask(prefix)), prefix);
        return true;
    }

    /// <summary>The blocks of that prefix length that make up this one, which must not be smaller than they.</summary>
    public IEnumerable<Ipv4Range> Split(int prefix)
    {
        for (long first = First.Value; first <= Last.Value; first += 1L << (32 - prefix))
            yield return new Ipv4Range(new Ipv4((uint)first), prefix);
    }

    public override string ToString()
        => Prefix == 32 ? First.ToString() : string.Create(CultureInfo.InvariantCulture, $"{First}/{Prefix}");

    private static bool TryPrefix(ReadOnlySpan<char> text, out int prefix)
    {
        prefix = 0;
        if (text.Length is 0 or > 2 || (text.Length == 2 && text[0] == '0')) return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            prefix = (prefix * 10) + (c - '0');
        }

        return prefix <= 32;
    }

    private static uint Mask(int prefix) => prefix == 0 ? 0 : uint.MaxValue << (32 - prefix);
}
