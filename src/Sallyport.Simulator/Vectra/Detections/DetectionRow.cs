using System.Collections.Immutable;
using Sallyport.Simulator.Vectra.Entities;
using Sallyport.Simulator.Vectra.Investigations;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Simulator.Vectra.Detections;

/// <summary>A detection with what filters look at and what writes change; the rest is asked of the story when it is shown.</summary>
internal sealed class DetectionRow(int id, Detection detection, EntityRow entity, string? sourceAddress, bool targetsKeyAsset) : INoted
{
    public const string Active = "active";
    private const string Fixed = "fixed";

    private readonly string _told = detection.State switch
    {
        DetectionState.Active => Active,
        DetectionState.Inactive => "inactive",
        DetectionState.Resolved => Fixed,
        _ => detection.Ref.Index % 2 == 0 ? "filteredbyai" : "filteredbyrule",
    };

    private volatile string? _closedFor;
    private volatile string? _marked;

    public int Id { get; } = id;

    public DetectionRef Ref { get; } = detection.Ref;

    public DetectionKind Kind { get; } = detection.Kind;

    public Category Category { get; } = Category.Of(detection.Kind.Tactic);

    /// <summary>The host or account that it counts against.</summary>
    public EntityRow Entity { get; } = entity;

    public string? SourceAddress { get; } = sourceAddress;

    public bool TargetsKeyAsset { get; } = targetsKeyAsset;

    public DateTimeOffset First { get; } = detection.FirstSeen;

    public DateTimeOffset Last { get; } = detection.LastSeen;

    public DateTimeOffset Created => First + TimeSpan.FromMinutes(2);

    public int Threat { get; } = detection.Threat;

    public int Certainty { get; } = detection.Certainty;

    public bool IsFilteredByRule => _told == "filteredbyrule";

    public bool IsFilteredByAi => _told == "filteredbyai";

    public bool IsTriaged => IsFilteredByRule;

    /// <summary>Why it was closed: remediated, benign, or null while open.</summary>
    public string? ClosedFor => _closedFor;

    /// <summary>
    /// A closed detection is no longer active whatever its mark says: fixed when remediated, inactive when benign. That is our
    /// reading; the published schema keeps the mark and the closing apart and does not say what <c>state</c> then shows.
    /// </summary>
    public string State => _closedFor switch { "remediated" => Fixed, not null => "inactive", _ => _marked ?? _told };

    public bool IsActive => State == Active;

    public ImmutableArray<Note> Notes { get; set; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    public void Mark(bool isFixed) => _marked = isFixed ? Fixed : _told == Fixed ? Active : null;

    public void Close(string? reason) => _closedFor = reason;
}
