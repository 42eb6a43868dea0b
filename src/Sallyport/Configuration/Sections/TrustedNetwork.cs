using System.Net;
using System.Net.Sockets;

namespace Sallyport.Configuration.Sections;

/// <summary>An address, or a network in CIDR form, that the operator trusts.</summary>
internal static class TrustedNetwork
{
    private const int AddressBits4 = 32;
    private const int AddressBits6 = 128;

    /// <summary>Null when the text is neither.</summary>
    public static IPNetwork? TryParse(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
            return string.Equals(text, network.ToString(), StringComparison.OrdinalIgnoreCase) ? network : null;
        return IPAddress.TryParse(text, out var address) && text == address.ToString()
            ? new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetworkV6 ? AddressBits6 : AddressBits4)
            : null;
    }
}
