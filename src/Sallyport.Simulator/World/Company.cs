using Sallyport.Simulator.World.Detections;
using Sallyport.Simulator.World.Devices;
using Sallyport.Simulator.World.People;
using Sallyport.Simulator.World.Weaknesses;

namespace Sallyport.Simulator.World;

/// <summary>
/// The company that every simulated platform tells about: its devices, people, detections, incidents and weaknesses, the same
/// for the same seed and size, each worked out when it is asked for.
/// </summary>
/// <remarks>All times lie before <see cref="Now"/>. Immutable and safe for any number of readers.</remarks>
public sealed class Company
{
    public const int FewestDevices = 25;
    public const int MostDevices = 50_000;
    public const string Domain = "contoso.example";
    public const string NetBiosDomain = "CONTOSO";

    private readonly Func<double> _hostileShare;

    /// <param name="hostileShare">From 0 to 1: how hostile the background is. At 1, one item in eight carries hostile text.</param>
    public Company(int seed, int deviceCount, DateTimeOffset now, Func<double>? hostileShare = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(deviceCount, FewestDevices);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(deviceCount, MostDevices);
        Seed = seed;
        DeviceCount = deviceCount;
        UserCount = Math.Max(20, deviceCount * 6 / 10);
        Now = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        _hostileShare = hostileShare ?? (static () => 0);
    }

    public int Seed { get; }

    /// <summary>The moment the story is told at, to the second, in UTC.</summary>
    public DateTimeOffset Now { get; }

    public int DeviceCount { get; }

    public int UserCount { get; }

    public int IncidentCount => 1 + ((DetectionCount(DetectionSource.Endpoint) - Cast.EndpointDetections) / IncidentStory.DetectionsEach);

    public int WeaknessCount => Math.Max(300, DeviceCount * 2);

    public int DetectionCount(DetectionSource source) => source switch
    {
        DetectionSource.Network => Math.Max(2_000, DeviceCount * 3 / 2),
        DetectionSource.Cloud => Math.Max(600, DeviceCount / 2),
        DetectionSource.Endpoint => Math.Max(600, DeviceCount),
        _ => Math.Max(60, DeviceCount / 10),
    };

    public Device Device(int index) => DeviceStory.Tell(this, Checked(index, DeviceCount));

    public User User(int index) => UserStory.Tell(this, Checked(index, UserCount));

    public Detection Detection(DetectionSource source, int index) => DetectionStory.Tell(this, new(source, Checked(index, DetectionCount(source))));

    public Detection Detection(DetectionRef which) => Detection(which.Source, which.Index);

    public Incident Incident(int index) => IncidentStory.Tell(this, Checked(index, IncidentCount));

    public Weakness Weakness(int index) => WeaknessStory.Tell(this, Checked(index, WeaknessCount));

    public IEnumerable<Device> Devices() => Enumerable.Range(0, DeviceCount).Select(Device);

    public IEnumerable<User> Users() => Enumerable.Range(0, UserCount).Select(User);

    public IEnumerable<Detection> Detections(DetectionSource source)
        => Enumerable.Range(0, DetectionCount(source)).Select(index => Detection(source, index));

    internal Dice Roll(Purpose purpose, int number) => new(Seed, purpose, number);

    internal DateTimeOffset Ago(TimeSpan span) => Now - span;

    /// <summary>Hostile text for one background item, or nothing; the same item keeps the same text.</summary>
    internal string? Hostile(Purpose purpose, int index)
    {
        var share = _hostileShare();
        if (share <= 0)
            return null;
        var dice = Roll(Purpose.Hostile, HashCode(purpose, index));
        return dice.Chance(share / 8) ? dice.Pick<string>(HostileText.Phrases) : null;
    }

    private static int HashCode(Purpose purpose, int index) => ((int)purpose << 24) ^ index;

    private static int Checked(int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        return index;
    }
}
