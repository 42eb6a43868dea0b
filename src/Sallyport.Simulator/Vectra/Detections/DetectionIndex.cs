using Sallyport.Simulator.Vectra.Entities;
using Sallyport.Simulator.Vectra.Investigations;
using Sallyport.Simulator.World;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Simulator.Vectra.Detections;

/// <summary>All detections of the network and the cloud, by id and by whom they count against.</summary>
internal sealed class DetectionIndex
{
    private readonly DetectionRow[] _byId;
    private readonly Dictionary<EntityRow, List<DetectionRow>> _byEntity = [];

    public DetectionIndex(Company world, IReadOnlyList<EntityRow> hosts, IReadOnlyList<EntityRow> accounts)
    {
        var network = world.DetectionCount(DetectionSource.Network);
        _byId = new DetectionRow[network + world.DetectionCount(DetectionSource.Cloud)];
        var ids = new TurnedIds(1932, _byId.Length);
        foreach (var detection in world.Detections(DetectionSource.Network))
            Add(ids.Of(detection.Ref.Index), detection, hosts[detection.DeviceIndex!.Value], world);
        foreach (var detection in world.Detections(DetectionSource.Cloud))
            Add(ids.Of(network + detection.Ref.Index), detection, accounts[detection.UserIndex!.Value], world);
    }

    public IReadOnlyList<DetectionRow> All => _byId;

    public DetectionRow? Find(long id) => id >= 1 && id <= _byId.Length ? _byId[id - 1] : null;

    public IReadOnlyList<DetectionRow> On(EntityRow entity) => _byEntity.TryGetValue(entity, out var rows) ? rows : [];

    private void Add(int id, Detection detection, EntityRow entity, Company world)
    {
        var isOfHost = entity.Kind == EntityKind.Host;
        var row = new DetectionRow(
            id, detection, entity, isOfHost ? world.Device(entity.Index).AddressAt(detection.FirstSeen) : null,
            detection.TargetDeviceIndex is { } target && world.Device(target).IsKeyAsset)
        {
            Tags = detection.Ref.Index % 23 == 5 ? ["reviewed"] : [],
            Notes = NoteBook.Seeded(detection.Ref.Index, world.Now),
        };
        _byId[id - 1] = row;
        if (!_byEntity.TryGetValue(entity, out var rows))
            _byEntity.Add(entity, rows = []);
        rows.Add(row);
    }
}
