using Sallyport.Simulator.Defender.Kql;
using Sallyport.Simulator.World;
using Sallyport.Simulator.World.Detections;
using Sallyport.Simulator.World.Devices;
using Sallyport.Simulator.World.Weaknesses;

namespace Sallyport.Simulator.Defender.Tables;

/// <summary>What agents on devices report.</summary>
internal static class DeviceTables
{
    private const string Initiator = " InitiatingProcessFileName InitiatingProcessCommandLine InitiatingProcessAccountName InitiatingProcessAccountUpn InitiatingProcessAccountSid InitiatingProcessSHA256 InitiatingProcessSHA1";

    /// <summary>The 40 digits that Defender for Endpoint knows a device by.</summary>
    public static string IdOf(Device device) => device.Id.ToString("N") + device.Id.ToString("N")[..8];

    public static HuntTable Devices(Company world) => new(
        HuntTables.Columns("Timestamp:DateTime DeviceId DeviceName OSPlatform OSVersion PublicIP LoggedOnUsers DeviceType OnboardingStatus AadDeviceId ClientVersion"),
        world.Devices().Where(static device => device.Agent is not null).Select(device => new object?[]
        {
            device.Agent!.LastSync, IdOf(device), device.Fqdn, device.System.Name.Replace(" ", "", StringComparison.Ordinal), device.System.Version, "198.51.100.7",
            device.OwnerIndex is { } owner ? world.User(owner).AccountName : "", device.Role.ToString(), "Onboarded", device.Id.ToString(), device.Agent!.Version,
        }));

    /// <summary>The address that each device had at the beginning and at the end of each lease, as far back as Defender keeps its data.</summary>
    public static HuntTable Adapters(Company world) => new(
        HuntTables.Columns("Timestamp:DateTime DeviceId DeviceName NetworkAdapterName MacAddress IPAddresses"),
        world.Devices().Where(static device => device.Agent is not null).SelectMany(device => device.Leases.SelectMany(lease => Reports(world, device, lease))));

    public static HuntTable Processes(Company world) => new(
        HuntTables.Columns("Timestamp:DateTime DeviceId DeviceName ActionType FileName FolderPath SHA1 SHA256 ProcessId:Int64 ProcessCommandLine AccountName AccountUpn AccountSid" + Initiator),
        OnDevices(world).Where(static seen => seen.Detection.Process is not null).Select(seen => (object?[])
        [
            seen.Detection.FirstSeen, IdOf(seen.Device), seen.Device.Fqdn, "ProcessCreated", seen.Detection.File?.Name ?? seen.Detection.Kind.FileName, seen.Detection.File?.Directory,
            seen.Detection.File?.Sha1, seen.Detection.File?.Sha256, (long)seen.Detection.Process!.ProcessId, seen.Detection.Process.CommandLine,
            .. Account(world, seen.Detection), seen.Detection.Process.ParentName, seen.Detection.Process.ParentName, .. Account(world, seen.Detection), "", "",
        ]));

    public static HuntTable Files(Company world) => new(
        HuntTables.Columns("Timestamp:DateTime DeviceId DeviceName ActionType FileName FolderPath SHA1 SHA256 FileSize:Int64" + Initiator),
        OnDevices(world).Where(static seen => seen.Detection.File is not null).Select(seen => (object?[])
        [
            seen.Detection.FirstSeen.AddSeconds(-20), IdOf(seen.Device), seen.Device.Fqdn, "FileCreated", seen.Detection.File!.Name, seen.Detection.File.Path,
            seen.Detection.File.Sha1, seen.Detection.File.Sha256, seen.Detection.File.SizeInBytes, .. StartedBy(world, seen.Detection),
        ]));

    public static HuntTable Connections(Company world) => new(
        HuntTables.Columns("Timestamp:DateTime DeviceId DeviceName ActionType RemoteIP RemotePort:Int64 RemoteUrl LocalIP Protocol" + Initiator),
        OnDevices(world).Concat(On(world, DetectionSource.Network)).Where(static seen => seen.Detection.Remote is not null).Select(seen => (object?[])
        [
            seen.Detection.FirstSeen.AddSeconds(30), IdOf(seen.Device), seen.Device.Fqdn, "ConnectionSuccess", seen.Detection.Remote!.Address, (long)seen.Detection.Remote.Port,
            seen.Detection.Remote.Domain, seen.Device.AddressAt(seen.Detection.FirstSeen), seen.Detection.Remote.Protocol, .. StartedBy(world, seen.Detection),
        ]));

    public static HuntTable Logons(Company world) => new(
        HuntTables.Columns("Timestamp:DateTime DeviceId DeviceName ActionType LogonType AccountName AccountDomain AccountSid RemoteIP RemoteDeviceName"),
        world.Devices().Where(static device => device is { Agent: not null, OwnerIndex: not null }).Select(device =>
        {
            var owner = world.User(device.OwnerIndex!.Value);
            return new object?[] { device.LastSeen.AddHours(-3), IdOf(device), device.Fqdn, "LogonSuccess", "Interactive", owner.AccountName, Company.NetBiosDomain, owner.Sid, "", "" };
        }));

    public static HuntTable Weaknesses(Company world) => new(
        HuntTables.Columns("DeviceId DeviceName SoftwareName SoftwareVersion CveId VulnerabilitySeverityLevel"),
        Enumerable.Range(0, world.WeaknessCount).Select(world.Weakness).Select(weakness =>
        {
            var device = world.Device(weakness.DeviceIndex);
            var known = weakness.Vulnerability;
            return new object?[] { IdOf(device), device.Fqdn, known.Component, known.AffectedVersion, known.Cve, Level(known) };
        }));

    /// <summary>What is known of each weakness wherever it is found.</summary>
    public static HuntTable KnownWeaknesses(Company world) => new(
        HuntTables.Columns("CveId CvssScore:Double IsExploitAvailable:SByte VulnerabilitySeverityLevel VulnerabilityDescription"),
        Enumerable.Range(0, world.WeaknessCount).Select(world.Weakness).Select(static weakness => weakness.Vulnerability).DistinctBy(static known => known.Cve)
            .Select(static known => new object?[] { known.Cve, known.CvssScore, known.IsKnownExploited, Level(known), known.Title }));

    private static string Level(Vulnerability known) => known.CvssScore >= 9 ? "Critical" : known.CvssScore >= 7 ? "High" : "Medium";

    private static IEnumerable<object?[]> Reports(Company world, Device device, AddressLease lease)
    {
        var oldest = world.Now - TimeSpan.FromDays(30);
        var (from, until) = (lease.From > oldest ? lease.From : oldest, lease.Until ?? device.Agent!.LastSync);
        foreach (var time in from < until ? (DateTimeOffset[])[from, until] : [until])
        {
            yield return
            [
                time, IdOf(device), device.Fqdn, "Ethernet", device.Mac.Replace(':', '-').ToUpperInvariant(),
                $$"""[{"IPAddress":"{{lease.Address}}","SubnetPrefix":24,"AddressType":"Private"}]""",
            ];
        }
    }

    private static IEnumerable<(Detection Detection, Device Device)> OnDevices(Company world) => On(world, DetectionSource.Endpoint);

    private static IEnumerable<(Detection Detection, Device Device)> On(Company world, DetectionSource source) => world.Detections(source)
        .Where(static detection => detection.DeviceIndex is not null)
        .Select(detection => (Detection: detection, Device: world.Device(detection.DeviceIndex!.Value)))
        .Where(static seen => seen.Device.Agent is not null);

    private static object?[] Account(Company world, Detection detection)
        => detection.UserIndex is { } index && world.User(index) is var user ? [user.AccountName, user.Upn, user.Sid] : ["system", "", "S-1-5-18"];

    private static object?[] StartedBy(Company world, Detection detection) =>
    [
        detection.Process is null ? "svchost.exe" : detection.File?.Name, detection.Process?.CommandLine, .. Account(world, detection), detection.File?.Sha256, detection.File?.Sha1,
    ];
}
