using Sallyport.Simulator.Vectra.Detections;
using Sallyport.Simulator.Vectra.Entities;
using Sallyport.Simulator.Vectra.Investigations;
using Sallyport.Simulator.World;
using Sallyport.Simulator.World.Devices;

namespace Sallyport.Simulator.Vectra;

/// <summary>All that this platform knows: hosts, accounts and detections of the story, and what was written since.</summary>
/// <remarks>Rows hold only what filters and writes need; detections are read from the story when the first request asks.</remarks>
internal sealed class VectraEstate
{
    private readonly TurnedIds _hostIds;
    private readonly TurnedIds _accountIds;
    private readonly Lazy<DetectionIndex> _detections;

    public VectraEstate(Company world)
    {
        World = world;
        _hostIds = new(333, world.DeviceCount);
        _accountIds = new(20, world.UserCount);
        _detections = new(IndexDetections);
        Hosts = [.. world.Devices().Select(Host)];
        Accounts = [.. Enumerable.Range(0, world.UserCount).Select(Account)];
    }

    public Company World { get; }

    /// <summary>By device index.</summary>
    public IReadOnlyList<EntityRow> Hosts { get; }

    /// <summary>By user index.</summary>
    public IReadOnlyList<EntityRow> Accounts { get; }

    /// <summary>By id.</summary>
    public IReadOnlyList<DetectionRow> Detections => _detections.Value.All;

    public IEnumerable<EntityRow> Entities => Hosts.Concat(Accounts);

    public DetectionRow? Detection(long id) => _detections.Value.Find(id);

    public EntityRow? Entity(EntityKind kind, long id) => kind == EntityKind.Host
        ? _hostIds.IndexOf(id) is { } host ? Hosts[host] : null
        : _accountIds.IndexOf(id) is { } account ? Accounts[account] : null;

    public string NameOf(EntityRow entity)
        => entity.Kind == EntityKind.Host ? World.Device(entity.Index).Name : $"O365:{World.User(entity.Index).Upn}";

    public EntityScore ScoreOf(EntityRow entity) => EntityScore.Of(entity, World.Now);

    private DetectionIndex IndexDetections() => new(World, Hosts, Accounts);

    private EntityRow Host(Device device)
    {
        var isThing = device.Role is DeviceRole.Printer or DeviceRole.Camera;
        var importance = device.Index == Cast.Victim || device.IsKeyAsset ? 2 : isThing ? 0 : 1;
        return new(EntityKind.Host, device.Index, _hostIds.Of(device.Index), importance, _detections)
        {
            IsKeyAsset = device.IsKeyAsset,
            Tags = device.IsKeyAsset ? ["key-asset"] : device.Index % 17 == 16 ? ["reviewed"] : [],
            Notes = NoteBook.Seeded(device.Index, World.Now),
        };
    }

    private EntityRow Account(int index) => new(EntityKind.Account, index, _accountIds.Of(index), index == Cast.PhishedUser ? 2 : 1, _detections)
    {
        Tags = index % 17 == 16 ? ["reviewed"] : [],
        Notes = NoteBook.Seeded(index, World.Now),
    };
}
