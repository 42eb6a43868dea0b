using System.Net;
using System.Net.Sockets;

namespace Sallyport.Core.Http;

/// <summary>Which addresses a host name may turn out to be. Checked on the resolved address, which is the one dialled.</summary>
public enum AddressRule
{
    /// <summary>Addresses of the public Internet only: a cloud platform is never inside.</summary>
    Public,

    /// <summary>Also private ranges, for platforms a customer hosts; never link-local, where metadata services live.</summary>
    PublicOrPrivate,

    /// <summary>Also this machine: a developer's opt-in, for simulators.</summary>
    Any,
}

/// <summary>Tells whether an address fits a rule.</summary>
public static class AddressRules
{
    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("fc00::/7"),
    ];

    private static readonly IPNetwork[] Loopback = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    private static readonly IPNetwork[] Never =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("240.0.0.0/4"), IPNetwork.Parse("::/128"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("fec0::/10"),
        IPNetwork.Parse("ff00::/8"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("100::/64"), IPNetwork.Parse("192.88.99.0/24"),
        // An IPv4 address inside an IPv6 one, in every way there is but the mapped form, which is taken for what it stands for.
        IPNetwork.Parse("::/96"), IPNetwork.Parse("::ffff:0:0:0/96"), IPNetwork.Parse("64:ff9b::/96"), IPNetwork.Parse("64:ff9b:1::/48"), IPNetwork.Parse("2002::/16"), IPNetwork.Parse("2001::/32"),
        // Metadata services outside the link-local range: AWS over IPv6, Azure, Alibaba.
        IPNetwork.Parse("fd00:ec2::254/128"), IPNetwork.Parse("168.63.129.16/32"), IPNetwork.Parse("100.100.100.200/32"),
    ];

    public static bool Allows(this AddressRule rule, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (plain.AddressFamily is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6))
            return false;
        if (Contains(Loopback, plain))
            return rule == AddressRule.Any;
        if (Contains(Never, plain))
            return false;
        return rule != AddressRule.Public || !Contains(Private, plain);
    }

    private static bool Contains(IPNetwork[] networks, IPAddress address)
    {
        foreach (var network in networks)
        {
            if (network.Contains(address))
                return true;
        }

        return false;
    }
}
