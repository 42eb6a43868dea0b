using System.Collections.Immutable;
using Sallyport.Simulator.Vectra.Detections;
using Sallyport.Simulator.Vectra.Investigations;

namespace Sallyport.Simulator.Vectra.Entities;

/// <summary>Hosts and accounts are counted apart: the same id can be both.</summary>
internal enum EntityKind
{
    Host, Account,
}

/// <summary>A host or an account with its detections and what writes change on it.</summary>
/// <param name="index">Of the device or the user in the story.</param>
/// <param name="importance">From 0 (low) to 2 (high), as an operator sets it.</param>
internal sealed class EntityRow(EntityKind kind, int index, int id, int importance, Lazy<DetectionIndex> detections) : INoted
{
    public EntityKind Kind { get; } = kind;

    public int Index { get; } = index;

    public int Id { get; } = id;

    public int Importance { get; } = importance;

    public string KindText => Kind == EntityKind.Host ? "host" : "account";

    public bool IsKeyAsset { get; init; }

    public IReadOnlyList<DetectionRow> Detections => detections.Value.On(this);

    public ImmutableArray<Note> Notes { get; set; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];
}
