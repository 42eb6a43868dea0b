using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Sallyport.Simulator.World;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Simulator.Eset.Story;

/// <summary>The company as ESET knows it: what the story tells, and what was changed through the interface since.</summary>
internal sealed class EsetStory
{
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<Guid, JsonObject> _changes = new();
    private int _made;

    public EsetStory(Company world, TimeProvider time)
    {
        (World, _time) = (world, time);
        Devices = new(() => Index(world.DeviceCount, index => world.Device(index).Id));
        Users = new(() => Index(world.UserCount, index => world.User(index).Id));
        Detections = new(() => Index(world.DetectionCount(DetectionSource.Endpoint), index => world.Detection(DetectionSource.Endpoint, index).Id));
        DetectionGroups = new(() => Index(world.DetectionCount(DetectionSource.Endpoint), GroupId));
        Incidents = new(() => Index(world.IncidentCount, index => world.Incident(index).Id));
        Documents = new(this);
    }

    public Company World { get; }

    /// <summary>Where each id is in the story; built when first asked for.</summary>
    public Lazy<Dictionary<Guid, int>> Devices { get; }

    public Lazy<Dictionary<Guid, int>> Users { get; }

    public Lazy<Dictionary<Guid, int>> Detections { get; }

    public Lazy<Dictionary<Guid, int>> DetectionGroups { get; }

    public Lazy<Dictionary<Guid, int>> Incidents { get; }

    /// <summary>What is kept rather than told: policies, rules, roles, tasks, comments.</summary>
    public EsetDocuments Documents { get; }

    public string Now => Text(_time.GetUtcNow());

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>An id of this platform's own, the same for the same seed.</summary>
    public Guid Id(int number) => World.Roll(Purpose.Platform, 4_000_001 + number).Uuid();

    public Guid GroupId(int detection) => World.Roll(Purpose.Platform, 5_000_000 + detection).Uuid();

    /// <summary>An id for something that was made through the interface.</summary>
    public Guid NewId() => World.Roll(Purpose.Platform, 6_000_000 + Interlocked.Increment(ref _made)).Uuid();

    /// <summary>Changes members of one thing for everyone from now on; false when there is no such thing.</summary>
    public bool Change(Lazy<Dictionary<Guid, int>> kind, Guid id, JsonObject members)
    {
        if (!kind.Value.ContainsKey(id))
            return false;
        _changes.AddOrUpdate(id, members, (_, before) =>
        {
            var after = (JsonObject)before.DeepClone();
            Merge(after, members);
            return after;
        });
        return true;
    }

    /// <summary>The thing with what was changed about it.</summary>
    public JsonObject Current(Guid id, JsonObject told)
    {
        if (_changes.TryGetValue(id, out var changes))
            Merge(told, changes);
        return told;
    }

    public static void Merge(JsonObject into, JsonObject members)
    {
        foreach (var (name, value) in members)
            into[name] = value?.DeepClone();
    }

    private static Dictionary<Guid, int> Index(int count, Func<int, Guid> id)
    {
        var index = new Dictionary<Guid, int>(count);
        for (var i = 0; i < count; i++)
            index[id(i)] = i;
        return index;
    }
}
