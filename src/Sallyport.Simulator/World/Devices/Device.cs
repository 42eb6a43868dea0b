using System.Collections.Immutable;

namespace Sallyport.Simulator.World.Devices;

/// <summary>What a device is for.</summary>
public enum DeviceRole
{
    Workstation, Laptop, Server, DomainController, Printer, Camera,
}

/// <summary>The kind of operating system, for choosing what can happen on it.</summary>
public enum SystemFamily
{
    Windows, Linux, MacOs, Embedded,
}

/// <summary>The operating system of a device.</summary>
public sealed record OperatingSystemVersion(SystemFamily Family, string Name, string Version, string Build);

/// <summary>An address that a device held for a while; <see cref="Until"/> is null for the one it holds now.</summary>
public sealed record AddressLease(string Address, DateTimeOffset From, DateTimeOffset? Until);

/// <summary>A service that answers on a port of a device.</summary>
public sealed record OpenService(int Port, string Name, string Product, string Version);

/// <summary>The endpoint agent on a device and when it last reported.</summary>
public sealed record InstalledAgent(string Version, DateTimeOffset LastSync);

/// <summary>One machine of the company.</summary>
public sealed record Device
{
    public required int Index { get; init; }

    /// <summary>The id that endpoint platforms know it by.</summary>
    public required Guid Id { get; init; }

    /// <summary>The short host name: ws-37.</summary>
    public required string Name { get; init; }

    public string Fqdn => $"{Name}.{Company.Domain}";

    /// <summary>The IPv4 address that it holds now.</summary>
    public string Address => Leases[^1].Address;

    /// <summary>Every address it held, oldest first; the last one is current.</summary>
    public required ImmutableArray<AddressLease> Leases { get; init; }

    public required string Mac { get; init; }

    public required string Vendor { get; init; }

    public required DeviceRole Role { get; init; }

    public required OperatingSystemVersion System { get; init; }

    /// <summary>Index of the user who works on it; none for servers and things.</summary>
    public int? OwnerIndex { get; init; }

    public required string Site { get; init; }

    /// <summary>The groups it belongs to, widest first.</summary>
    public required ImmutableArray<string> Groups { get; init; }

    /// <summary>None when it is seen on the network only.</summary>
    public InstalledAgent? Agent { get; init; }

    public required bool IsKeyAsset { get; init; }

    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    public ImmutableArray<OpenService> Services { get; init; } = [];

    /// <summary>What somebody wrote about it.</summary>
    public string? Note { get; init; }

    /// <summary>The address it held at that time; before its first lease, the first one.</summary>
    public string AddressAt(DateTimeOffset time)
    {
        foreach (var lease in Leases)
        {
            if (lease.Until is null || time < lease.Until)
                return lease.Address;
        }
        return Address;
    }
}
