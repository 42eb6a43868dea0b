using System.Collections.Immutable;

namespace Sallyport.Simulator.World.Devices;

/// <summary>Tells the devices that play a part in the tour.</summary>
internal static class CastDevices
{
    private const string CurrentAgent = "12.0.2058.0";

    private static readonly OperatingSystemVersion Windows11 = new(SystemFamily.Windows, "Windows 11 Enterprise", "24H2", "10.0.26100");
    private static readonly OperatingSystemVersion WindowsServer = new(SystemFamily.Windows, "Windows Server 2022", "21H2", "10.0.20348");
    private static readonly OperatingSystemVersion Debian = new(SystemFamily.Linux, "Debian", "11", "5.10.0");
    private static readonly OperatingSystemVersion Firmware = new(SystemFamily.Embedded, "Embedded Linux", "4.9", "4.9.118");

    /// <summary>What srv-web-01 answers with; the same three stand on loopback for a real port scan.</summary>
    internal static readonly ImmutableArray<OpenService> WebServices =
    [
        new(80, "http", "Apache httpd", "2.4.49"),
        new(22, "ssh", "OpenSSH", "8.4p1"),
        new(25, "smtp", "Postfix smtpd", ""),
    ];

    public static Device Tell(Company company, int index) => index switch
    {
        Cast.Victim => Of(company, index, "ws-37", "10.1.2.3", DeviceRole.Workstation, Windows11) with { OwnerIndex = Cast.PhishedUser },
        Cast.WebServer => Of(company, index, "srv-web-01", "10.1.2.10", DeviceRole.Server, Debian) with { Services = WebServices },
        Cast.DomainController => Of(company, index, "dc-01", "10.1.2.5", DeviceRole.DomainController, WindowsServer) with
        {
            IsKeyAsset = true,
            Services =
            [
                new(88, "kerberos-sec", "Microsoft Windows Kerberos", ""),
                new(389, "ldap", "Active Directory LDAP", ""),
                new(445, "microsoft-ds", "Windows Server", ""),
            ],
        },
        Cast.NetworkOnly => Of(company, index, "cam-lobby-01", "10.1.2.77", DeviceRole.Camera, Firmware) with { Agent = null },
        Cast.SilentAgent => Silent(company, Of(company, index, "ws-52", "10.1.2.52", DeviceRole.Workstation, Windows11)),
        Cast.SharedAddressBefore => Of(company, index, "ws-112", "10.1.2.41", DeviceRole.Workstation, Windows11) with
        {
            Leases =
            [
                new(Cast.SharedAddress, company.Ago(TimeSpan.FromDays(400)), company.Ago(TimeSpan.FromDays(12))),
                new("10.1.2.41", company.Ago(TimeSpan.FromDays(12)), null),
            ],
        },
        Cast.SharedAddressAfter => Of(company, index, "ws-118", Cast.SharedAddress, DeviceRole.Workstation, Windows11) with
        {
            FirstSeen = company.Ago(TimeSpan.FromDays(11)),
            Leases = [new(Cast.SharedAddress, company.Ago(TimeSpan.FromDays(11)), null)],
        },
        _ => Of(company, index, "srv-file-01", "10.1.2.12", DeviceRole.Server, WindowsServer) with { IsKeyAsset = true },
    };

    private static Device Silent(Company company, Device device)
        => device with { Agent = new("11.1.2062.0", company.Ago(TimeSpan.FromDays(36))) };

    private static Device Of(Company company, int index, string name, string address, DeviceRole role, OperatingSystemVersion system)
    {
        var dice = company.Roll(Purpose.Device, index);
        var isClient = role == DeviceRole.Workstation;
        var first = company.Ago(TimeSpan.FromDays(400));
        var seen = company.Ago(TimeSpan.FromMinutes(dice.Between(2, 50)));
        return new()
        {
            Index = index,
            Id = dice.Uuid(),
            Name = name,
            Leases = [new(address, first, null)],
            Mac = DeviceStory.Mac(company, index, role == DeviceRole.Camera ? "9c:8e:cd" : "00:15:5d"),
            Vendor = role == DeviceRole.Camera ? "Lumeta Devices" : "Northgate Computers",
            Role = role,
            System = system,
            OwnerIndex = isClient ? Cast.Users + index : null,
            Site = "Vienna",
            Groups = ["All", "Vienna", isClient ? "Clients" : role == DeviceRole.Camera ? "Things" : "Servers"],
            Agent = new(CurrentAgent, seen - TimeSpan.FromMinutes(1)),
            IsKeyAsset = false,
            FirstSeen = first,
            LastSeen = seen,
        };
    }
}
