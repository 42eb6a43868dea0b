using System.Net;
using System.Net.Sockets;

namespace Sallyport.Hosting.Http.Door;

/// <summary>What counts as one address. Of IPv6 it is the network: one customer has as many addresses in it as there are.</summary>
internal static class AddressKey
{
    private const int NetworkBytes = 8;

    public static string Of(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(plain.GetAddressBytes().AsSpan(0, NetworkBytes)) : plain.ToString();
    }
}
