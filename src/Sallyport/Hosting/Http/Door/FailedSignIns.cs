using System.Net;
using System.Net.Sockets;
using Sallyport.Gateway.Policy;
using Sallyport.Gateway.Policy.Limits;

namespace Sallyport.Hosting.Http.Door;

/// <summary>Makes whoever shows wrong proof too often wait, by address, so that nobody can try tokens at speed.</summary>
internal sealed class FailedSignIns(RateLimit limit, TimeProvider time)
{
    private const int NetworkBytes = 8;

    private readonly BoundedTable<SlidingWindow> _failures = Usage.Windows(time);

    /// <summary>How long this address must wait; null when it need not.</summary>
    public TimeSpan? Wait(IPAddress address) => _failures.Find(KeyOf(address))?.Wait(limit);

    public void Note(IPAddress address) => _failures.Of(KeyOf(address)).TryAdmit(limit);

    /// <summary>Of IPv6 the network: one customer has as many addresses in it as there are.</summary>
    private static string KeyOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6
        ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes))
        : address.ToString();
}
