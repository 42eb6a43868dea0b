using System.Text.Json.Serialization;
using Sallyport.Connectors.Defender.Alerts;

namespace Sallyport.Connectors.Defender.Incidents;

/// <summary>One incident in a list.</summary>
internal sealed record IncidentSummary(
    string? IncidentId, string? Title, string? Severity, string? Status, string? Classification, string? Determination, string? AssignedTo,
    string? CreatedTime, string? LastUpdateTime, IReadOnlyList<string> Tags, string? RedirectIncidentId, string? WebUrl);

/// <summary>A list of incidents and how it was asked for.</summary>
internal sealed record IncidentPage(IReadOnlyList<IncidentSummary> Incidents, ListMetadata Metadata);

/// <summary>A note of an analyst.</summary>
internal sealed record IncidentComment(string? Comment, string? CreatedBy, string? CreatedTime);

/// <summary>One incident with its alerts and everything they are about.</summary>
/// <param name="EntitiesTruncated">Only the first 500 entities are here.</param>
internal sealed record IncidentDetail(
    string? IncidentId, string? Title, string? Severity, string? Status, string? Classification, string? Determination, string? AssignedTo,
    string? CreatedTime, string? LastUpdateTime, string? Description, IReadOnlyList<string> Tags, string? RedirectIncidentId, string? WebUrl,
    int AlertCount, IReadOnlyList<AlertSummary> Alerts, IReadOnlyList<EntitySummary> Entities, IReadOnlyList<IncidentComment> Comments,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? EntitiesTruncated = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Warnings = null);
