using System.Collections.Immutable;
using System.Globalization;

namespace Sallyport.Simulator.World.Devices;

/// <summary>Tells what a background device is: name, owner, addresses over time, agent.</summary>
internal static class DeviceStory
{
    private const double SilentShare = 0.03;
    private const double NoAgentShare = 0.05;

    private static readonly OperatingSystemVersion[] Clients =
    [
        new(SystemFamily.Windows, "Windows 11 Enterprise", "24H2", "10.0.26100"),
        new(SystemFamily.Windows, "Windows 11 Enterprise", "23H2", "10.0.22631"),
        new(SystemFamily.Windows, "Windows 11 Enterprise", "24H2", "10.0.26100"),
        new(SystemFamily.Windows, "Windows 10 Enterprise", "22H2", "10.0.19045"),
        new(SystemFamily.MacOs, "macOS", "15.4", "24E248"),
        new(SystemFamily.Linux, "Ubuntu", "24.04", "6.8.0"),
    ];

    private static readonly OperatingSystemVersion[] Servers =
    [
        new(SystemFamily.Windows, "Windows Server 2022", "21H2", "10.0.20348"),
        new(SystemFamily.Windows, "Windows Server 2019", "1809", "10.0.17763"),
        new(SystemFamily.Linux, "Debian", "12", "6.1.0"),
        new(SystemFamily.Linux, "Red Hat Enterprise Linux", "9.4", "5.14.0"),
    ];

    private static readonly OperatingSystemVersion Thing = new(SystemFamily.Embedded, "Embedded Linux", "4.9", "4.9.118");
    private static readonly string[] Sites = ["Vienna", "Rotterdam", "Porto", "Gdansk"];
    private static readonly string[] AgentVersions = ["12.0.2058.0", "12.0.2045.0", "11.1.2062.0", "10.1.2063.1"];
    private static readonly string[] Purposes = ["app", "sql", "web", "build", "print", "vpn", "mail"];

    private static readonly OpenService[] WindowsServices =
    [
        new(135, "msrpc", "Microsoft Windows RPC", ""),
        new(445, "microsoft-ds", "Windows Server", ""),
        new(3389, "ms-wbt-server", "Terminal Services", ""),
    ];

    private static readonly OpenService[] LinuxServices =
        [new(22, "ssh", "OpenSSH", "9.2p1"), new(443, "https", "nginx", "1.22.1")];

    public static Device Tell(Company company, int index) => index < Cast.Devices ? CastDevices.Tell(company, index) : Background(company, index);

    private static Device Background(Company company, int index)
    {
        var dice = company.Roll(Purpose.Device, index);
        var role = Role(dice.Below(100));
        var isPersonal = role is DeviceRole.Workstation or DeviceRole.Laptop;
        var isThing = role is DeviceRole.Printer or DeviceRole.Camera;
        var site = dice.Pick<string>(Sites);
        var system = isThing ? Thing : isPersonal ? dice.Pick<OperatingSystemVersion>(Clients) : dice.Pick<OperatingSystemVersion>(Servers);
        var leases = Leases(company, index);
        var seen = company.Ago(dice.Span(dice.Chance(0.9) ? TimeSpan.FromHours(20) : TimeSpan.FromDays(38)));
        var name = Name(ref dice, role, index);
        return new()
        {
            Index = index,
            Id = dice.Uuid(),
            Name = company.Hostile(Purpose.Device, index) is { } text ? $"{name} {text}" : name,
            Leases = leases,
            Mac = Mac(company, index, isThing ? "9c:8e:cd" : "00:15:5d"),
            Vendor = isThing ? "Lumeta Devices" : "Northgate Computers",
            Role = role,
            System = system,
            OwnerIndex = isPersonal ? Cast.Users + (index % (company.UserCount - Cast.Users)) : null,
            Site = site,
            Groups = ["All", site, isPersonal ? "Clients" : isThing ? "Things" : "Servers"],
            Agent = isThing || dice.Chance(NoAgentShare) ? null : Agent(company, ref dice, seen),
            IsKeyAsset = role == DeviceRole.Server && dice.Chance(0.25),
            FirstSeen = leases[0].From,
            LastSeen = seen,
            Services = isPersonal || isThing ? [] : [.. system.Family == SystemFamily.Windows ? WindowsServices : LinuxServices],
            Note = company.Hostile(Purpose.DeviceRhythm, index),
        };
    }

    private static DeviceRole Role(int percent) => percent switch
    {
        < 52 => DeviceRole.Workstation,
        < 78 => DeviceRole.Laptop,
        < 91 => DeviceRole.Server,
        < 96 => DeviceRole.Printer,
        _ => DeviceRole.Camera,
    };

    private static InstalledAgent Agent(Company company, ref Dice dice, DateTimeOffset seen)
    {
        var sync = dice.Chance(SilentShare) ? company.Ago(TimeSpan.FromDays(dice.Between(15, 70))) : seen - dice.Span(TimeSpan.FromMinutes(20));
        return new(dice.Pick<string>(AgentVersions), sync < seen ? sync : seen);
    }

    /// <summary>
    /// Of every ten devices the fourth held, until fifteen days ago, the address that the fifth got a day later: addresses
    /// alone must not join two devices.
    /// </summary>
    private static ImmutableArray<AddressLease> Leases(Company company, int index)
    {
        var dice = company.Roll(Purpose.DeviceRhythm, index);
        var first = company.Ago(TimeSpan.FromDays(dice.Between(40, 900)));
        var moved = company.Ago(TimeSpan.FromDays(15));
        return (index % 10) switch
        {
            4 when index + 1 < company.DeviceCount && index >= Cast.Devices
                => [new(Address(index + 1), first, moved), new(Address(index), moved, null)],
            5 when index - 1 >= Cast.Devices
                => [new(Address(index, "10.40"), first, moved), new(Address(index), company.Ago(TimeSpan.FromDays(14)), null)],
            _ => [new(Address(index), first, null)],
        };
    }

    /// <summary>Background devices live in 10.20.0.0/16, where 50,000 find room, away from the 10.1.2.0/24 of the cast.</summary>
    private static string Address(int index, string network = "10.20")
        => string.Create(CultureInfo.InvariantCulture, $"{network}.{index / 250}.{(index % 250) + 1}");

    private static string Name(ref Dice dice, DeviceRole role, int index) => role switch
    {
        DeviceRole.Workstation => string.Create(CultureInfo.InvariantCulture, $"ws-{index + 200}"),
        DeviceRole.Laptop => string.Create(CultureInfo.InvariantCulture, $"lt-{index + 200}"),
        DeviceRole.Printer => string.Create(CultureInfo.InvariantCulture, $"prn-{index + 200}"),
        DeviceRole.Camera => string.Create(CultureInfo.InvariantCulture, $"cam-{index + 200}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"srv-{dice.Pick<string>(Purposes)}-{index + 200}"),
    };

    /// <summary>The multiplier is odd, so that no two indexes share a tail.</summary>
    internal static string Mac(Company company, int index, string vendor)
    {
        var tail = (((index + 1L) * 11_400_715) + company.Seed) & 0xFF_FFFF;
        return string.Create(CultureInfo.InvariantCulture, $"{vendor}:{tail >> 16:x2}:{(tail >> 8) & 0xFF:x2}:{tail & 0xFF:x2}");
    }
}
