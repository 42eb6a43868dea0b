using System.Net;
using Sallyport.Connectors.Vectra.Pages;

namespace Sallyport.Connectors.Vectra.Access;

/// <summary>Compares addresses as addresses: the same one can be written in several ways.</summary>
internal static class VectraAddress
{
    /// <summary>An address that has passed its schema; one that IPv6 only wraps is unwrapped.</summary>
    public static IPAddress Read(string text)
    {
        var address = IPAddress.Parse(text);
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    public static bool Is(ReadOnlySpan<byte> row, string member, IPAddress address)
        => JsonMember.Text(row, member) is { } text && IPAddress.TryParse(text, out _) && Read(text).Equals(address);
}
