using System.Collections.Immutable;
using Sallyport.Simulator.Vectra.Entities;

namespace Sallyport.Simulator.Vectra.Investigations;

/// <summary>What a resolved assignment came to.</summary>
internal sealed record Outcome(int Id, string Title, string Category)
{
    public static readonly Outcome[] All =
    [
        new(1, "Benign True Positive", "benign_true_positive"),
        new(2, "Malicious True Positive", "malicious_true_positive"),
        new(3, "False Positive", "false_positive"),
    ];
}

/// <summary>Something that happened to an assignment.</summary>
/// <param name="To">The user it went to, when it went to one.</param>
internal sealed record AssignmentEvent(string Type, int Actor, DateTimeOffset Time, int? To);

/// <summary>A host or an account that an analyst looks after.</summary>
internal sealed record Assignment
{
    public required int Id { get; init; }

    public required EntityRow Entity { get; init; }

    public required PlatformUser AssignedTo { get; init; }

    public required DateTimeOffset Assigned { get; init; }

    public DateTimeOffset? Resolved { get; init; }

    public PlatformUser? ResolvedBy { get; init; }

    public Outcome? Outcome { get; init; }

    public ImmutableArray<AssignmentEvent> Events { get; init; } = [];
}
