using Sallyport.Simulator.Vectra.Investigations;
using Sallyport.Simulator.Vectra.Pages;
using Sallyport.Simulator.World.Devices;
using Sallyport.Simulator.World.People;

namespace Sallyport.Simulator.Vectra.Entities;

/// <summary>A host or an account as one answer shows it.</summary>
internal sealed class EntityView(EntityRow row, VectraEstate estate, AssignmentBook assignments, Links links)
{
    private EntityScore? _score;

    public EntityRow Row => row;

    public Links Links => links;

    public EntityScore Score => _score ??= estate.ScoreOf(row);

    public bool IsHost => row.Kind == EntityKind.Host;

    public string Name => IsHost ? Device.Name : estate.NameOf(row);

    public string Url => links.Api($"{row.KindText}s/{row.Id}");

    public string State => Score.IsActive ? "active" : "inactive";

    /// <summary>The device behind it; only for hosts.</summary>
    public Device Device => field ??= estate.World.Device(row.Index);

    /// <summary>The user behind it; only for accounts.</summary>
    public User User => field ??= estate.World.User(row.Index);

    public Assignment? Assignment => assignments.OpenOn(row);

    public IEnumerable<Assignment> PastAssignments => assignments.ClosedOn(row);

    public string? Note => row.Notes.IsEmpty ? IsHost ? Device.Note : null : row.Notes[^1].Text;

    public DateTimeOffset? Modified => Investigations.Note.LastChange(row.Notes) ?? Score.LastDetection;

    public string SensorName => Sensor.Name;

    public (string Serial, string Name) Sensor => VectraHealth.Sensors[row.Index % VectraHealth.Sensors.Length];

    public string? OwnerName => IsHost && Device.OwnerIndex is { } owner ? estate.World.User(owner).Upn : null;

    public IEnumerable<string> DetectionUrls => row.Detections.Where(static d => d.IsActive).Select(d => links.Api($"detections/{d.Id}"));
}
