using Sallyport.Simulator.Vectra.Entities;
using Sallyport.Simulator.Vectra.Investigations;
using Sallyport.Simulator.Vectra.Pages;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Simulator.Vectra.Detections;

/// <summary>A detection as one answer shows it.</summary>
internal sealed class DetectionView(DetectionRow row, VectraEstate estate, AssignmentBook assignments, Links links)
{
    public DetectionRow Row => row;

    public Links Links => links;

    public EntityRow Entity => row.Entity;

    public bool IsOfHost => row.Entity.Kind == EntityKind.Host;

    public string EntityName => field ??= estate.NameOf(row.Entity);

    public EntityScore EntityScore => estate.ScoreOf(row.Entity);

    public Assignment? Assignment => assignments.OpenOn(row.Entity);

    /// <summary>What the story tells about it, asked for once.</summary>
    public Detection Told => field ??= estate.World.Detection(row.Ref);

    public string? TargetName => Told.TargetDeviceIndex is { } target ? estate.World.Device(target).Name : null;

    public string? TargetAddress => Told.TargetDeviceIndex is { } target ? estate.World.Device(target).AddressAt(row.First) : Told.Remote?.Address;

    public string? Owner => Told.UserIndex is { } user ? estate.World.User(user).Upn : null;
}
