using System.Text.Json.Serialization;

namespace Sallyport.Connectors.Defender.Alerts;

/// <summary>One alert as a caller sees it, from either interface.</summary>
internal sealed record AlertSummary(
    string? Id, string? Title, string? Severity, string? Status, string? Category, string? MachineId, string? ComputerDnsName,
    string? FirstEventTime, string? LastEventTime, string? DetectionSource, string? ThreatFamilyName, string? IncidentId,
    string? CreatedTime, string? ServiceSource, IReadOnlyList<string> MitreTechniques, string? AssignedTo, string? WebUrl,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RecommendedActions = null);

/// <summary>A list of alerts and how it was asked for.</summary>
internal sealed record AlertPage(IReadOnlyList<AlertSummary> Alerts, ListMetadata Metadata);

/// <summary>How a list was asked for.</summary>
/// <param name="Filter">The OData filter that was sent.</param>
/// <param name="NextBefore">What to give as <c>before</c> to go further back; absent when the list has ended.</param>
internal sealed record ListMetadata(
    int Count, string? Filter, int Limit, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NextBefore = null);

/// <summary>One alert with everything it is about.</summary>
internal sealed record AlertDetail(AlertSummary Alert, IReadOnlyList<EntitySummary> Entities);

/// <summary>Something that an alert is about: a device, user, file, address and so on.</summary>
/// <param name="AlertIds">The alerts that name it.</param>
/// <param name="Details">Plain members of the platform's own description.</param>
internal sealed record EntitySummary(
    string Type, string? Id, string? Name, string? Verdict, IReadOnlyList<string> Roles, IReadOnlyList<string> AlertIds, IReadOnlyDictionary<string, string> Details);
