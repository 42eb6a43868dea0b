using System.Collections.Immutable;

namespace Sallyport.Simulator.World.Detections;

/// <summary>How far the work on an incident is.</summary>
public enum IncidentStatus
{
    New, InProgress, Resolved,
}

/// <summary>Detections that belong to one attack.</summary>
public sealed record Incident
{
    public required int Index { get; init; }

    public required Guid Id { get; init; }

    /// <summary>The number that people call it by.</summary>
    public required int Number { get; init; }

    public required string Title { get; init; }

    public required Severity Severity { get; init; }

    public required IncidentStatus Status { get; init; }

    /// <summary>The mail address of the analyst who works on it.</summary>
    public string? AssignedTo { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; init; }

    /// <summary>Oldest first.</summary>
    public required ImmutableArray<DetectionRef> Detections { get; init; }
}
