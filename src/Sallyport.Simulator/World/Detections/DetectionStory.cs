using System.Globalization;
using Sallyport.Simulator.World.Devices;

namespace Sallyport.Simulator.World.Detections;

/// <summary>Tells what a background detection was about.</summary>
internal static class DetectionStory
{
    private const int Samples = 60;

    private static readonly string[] RemoteNames =
        ["cdn-sync", "updates-mirror", "files-share", "relay", "metrics-eu", "pool-north", "login-check", "img-cache"];

    private static readonly (string Protocol, int Port)[] Protocols = [("https", 443), ("http", 80), ("dns", 53), ("ssh", 22), ("smb", 445), ("rdp", 3389)];

    public static Detection Tell(Company company, DetectionRef which)
        => CastDetections.Tell(company, which) ?? Background(company, which);

    private static Detection Background(Company company, DetectionRef which)
    {
        var dice = company.Roll(PurposeOf(which.Source), which.Index);
        var kind = dice.Pick<DetectionKind>(DetectionKinds.Of(which.Source));
        var last = WholeSeconds(company.Ago((TimeSpan.FromDays(30) * Math.Pow(dice.Share(), 2)) + TimeSpan.FromMinutes(1)));
        var detection = new Detection
        {
            Ref = which,
            Id = dice.Uuid(),
            Kind = kind,
            LastSeen = last,
            FirstSeen = last - dice.Span(TimeSpan.FromHours(kind.Tactic == Tactic.CommandAndControl ? 60 : 6)),
            State = State(company.Now - last, dice.Below(100)),
            Threat = ((int)kind.Severity * 17) + dice.Between(0, 20),
            Certainty = dice.Between(15, 95),
            Description = company.Hostile(PurposeOf(which.Source), which.Index) is { } text ? $"{kind.Name}. {text}" : $"{kind.Name}.",
        };
        return which.Source switch
        {
            DetectionSource.Network => OnNetwork(company, detection, ref dice),
            DetectionSource.Cloud => detection with { UserIndex = SomeUser(company, ref dice), Remote = Remote(ref dice) },
            DetectionSource.Endpoint => OnDevice(company, detection, ref dice),
            _ => detection with
            {
                UserIndex = SomeUser(company, ref dice),
                Mail = new($"billing@{dice.Pick<string>(RemoteNames)}.example", "Your document is ready", dice.Chance(0.5) ? "document.html" : null),
                Url = $"https://{dice.Pick<string>(RemoteNames)}.example/d/{dice.Hex(8)}",
            },
        };
    }

    /// <summary>What went on within three days is mostly still active; what is older has been dealt with or has ended by itself.</summary>
    private static DetectionState State(TimeSpan age, int percent) => percent switch
    {
        < 12 => DetectionState.Suppressed,
        < 28 => DetectionState.Resolved,
        _ => age < TimeSpan.FromDays(3) ? DetectionState.Active : DetectionState.Inactive,
    };

    private static Detection OnNetwork(Company company, Detection detection, ref Dice dice)
    {
        var device = company.Device(SomeDevice(company, ref dice));
        var isInside = detection.Kind.Tactic is Tactic.Discovery or Tactic.LateralMovement;
        return NotAfter(device.LastSeen, detection) with
        {
            DeviceIndex = device.Index,
            TargetDeviceIndex = isInside ? dice.Chance(0.15) ? Cast.FileServer : SomeDevice(company, ref dice) : null,
            Remote = Remote(ref dice),
        };
    }

    private static Detection OnDevice(Company company, Detection detection, ref Dice dice)
    {
        // All that one incident holds happened on one device, within hours.
        var incident = company.Roll(Purpose.Incident, IncidentStory.IncidentOf(detection.Ref.Index));
        var device = DeviceWithAgent(company, ref incident);
        var start = company.Ago((TimeSpan.FromDays(30) * Math.Pow(incident.Share(), 2)) + TimeSpan.FromHours(4));
        var silence = device.Agent!.LastSync - TimeSpan.FromHours(4);
        start = WholeSeconds(start < silence ? start : silence);
        var seen = start + dice.Span(TimeSpan.FromHours(3));
        var file = Sample(company.Seed, detection.Kind, dice.Below(Samples), device.System.Family);
        return detection with
        {
            DeviceIndex = device.Index,
            UserIndex = device.OwnerIndex,
            FirstSeen = seen,
            LastSeen = seen + dice.Span(TimeSpan.FromMinutes(20)),
            File = file,
            Process = Run(detection.Kind, file, ref dice),
            Url = detection.Kind.Technique == "T1189" ? $"https://{dice.Pick<string>(RemoteNames)}.example/go" : null,
        };
    }

    internal static FileSample Sample(int seed, DetectionKind kind, int number, SystemFamily family)
    {
        var dice = new Dice(seed, Purpose.Sample, number);
        var directory = family == SystemFamily.Windows ? @"C:\Users\Public\Downloads" : "/tmp";
        return new(kind.FileName ?? "unknown.bin", directory, dice.Hex(40), dice.Hex(64), dice.Between(12_000, 9_000_000));
    }

    internal static ProcessRun Run(DetectionKind kind, FileSample file, ref Dice dice) => new(
        dice.Between(400, 29_000), dice.Between(300, 29_000), "explorer.exe",
        (kind.Evidence ?? "\"%FILE%\"").Replace("%FILE%", file.Path, StringComparison.Ordinal));

    /// <summary>A device that left the network is not heard of afterwards.</summary>
    private static Detection NotAfter(DateTimeOffset time, Detection detection) => detection.LastSeen <= time ? detection : detection with
    {
        FirstSeen = time - (detection.LastSeen - detection.FirstSeen),
        LastSeen = time,
    };

    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerSecond));

    private static RemoteEnd Remote(ref Dice dice)
    {
        var (protocol, port) = dice.Pick<(string, int)>(Protocols);
        var address = string.Create(CultureInfo.InvariantCulture, $"198.51.100.{dice.Between(1, 254)}");
        var domain = $"{dice.Pick<string>(RemoteNames)}-{dice.Below(40)}.example";
        return new(address, domain, port, protocol, dice.Between(900, 40_000_000), dice.Between(900, 90_000_000), dice.Between(1, 4_000));
    }

    /// <summary>A few devices make most of the noise.</summary>
    private static int SomeDevice(Company company, ref Dice dice)
        => Cast.Devices + (int)((company.DeviceCount - Cast.Devices) * Math.Pow(dice.Share(), 2));

    private static int SomeUser(Company company, ref Dice dice)
        => Cast.Users + (int)((company.UserCount - Cast.Users) * Math.Pow(dice.Share(), 2));

    private static Device DeviceWithAgent(Company company, ref Dice dice)
    {
        for (var attempt = 0; attempt < 6; attempt++)
        {
            var device = company.Device(dice.Between(Cast.Devices, company.DeviceCount - 1));
            if (device.Agent is not null)
                return device;
        }
        return company.Device(Cast.FileServer);
    }

    private static Purpose PurposeOf(DetectionSource source) => source switch
    {
        DetectionSource.Network => Purpose.Network,
        DetectionSource.Cloud => Purpose.Cloud,
        DetectionSource.Endpoint => Purpose.Endpoint,
        _ => Purpose.Mail,
    };
}
