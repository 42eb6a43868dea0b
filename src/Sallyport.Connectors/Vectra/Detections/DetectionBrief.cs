using System.Text.Json;

namespace Sallyport.Connectors.Vectra.Detections;

/// <summary>What one detection comes down to.</summary>
/// <param name="DetectionSummary">The platform's own figures, or a sentence that there are none.</param>
internal sealed record DetectionBrief(
    long? Id, string? Name, string? Category, string? LastTimestamp, bool? IsTriaged, string State, string EntityType, JsonElement DetectionSummary)
{
    private static readonly JsonElement None = JsonElement.Parse("\"This detection has no summary.\"");

    public static DetectionBrief Of(BriefWire wire) => new(
        wire.Id, wire.Detection, wire.DetectionCategory ?? wire.Category, wire.LastTimestamp, wire.IsTriaged, wire.State ?? "unknown", wire.Type ?? "unknown",
        wire.Summary is { ValueKind: JsonValueKind.Object } summary ? summary : None);
}

/// <summary>The members of a detection that its brief is made from.</summary>
internal sealed record BriefWire(
    long? Id = null, string? Detection = null, string? DetectionCategory = null, string? Category = null, string? LastTimestamp = null,
    bool? IsTriaged = null, string? State = null, string? Type = null, JsonElement? Summary = null);
