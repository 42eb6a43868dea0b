namespace Sallyport.Core.Sources;

/// <summary>What one platform noticed, and on whom.</summary>
/// <param name="Id">The platform's own id.</param>
/// <param name="Techniques">ATT&amp;CK ids that the platform itself names; nothing is ever inferred.</param>
/// <param name="Risk">0 to 100, as the platform scores it.</param>
/// <param name="Confidence">0 to 100.</param>
public sealed record SeenAlert(
    string Id,
    string Title,
    SourceSeverity Severity,
    WorkState State,
    DateTimeOffset Started,
    DateTimeOffset? Ended = null,
    string? Description = null,
    string? Category = null,
    IReadOnlyList<string>? Techniques = null,
    IReadOnlyList<HostIdentity>? Hosts = null,
    IReadOnlyList<HostIdentity>? Targets = null,
    IReadOnlyList<UserIdentity>? Users = null,
    IReadOnlyList<Observable>? Observables = null,
    string? IncidentId = null,
    int? Risk = null,
    int? Confidence = null);

/// <summary>Something an alert saw: an address, a file, a domain.</summary>
public sealed record Observable(ObservableKind Kind, string Value);

/// <summary>Alerts that a platform holds to be one attack.</summary>
public sealed record SeenIncident(
    string Id,
    string Title,
    SourceSeverity Severity,
    WorkState State,
    DateTimeOffset Created,
    DateTimeOffset? Updated = null,
    string? Description = null,
    string? AssignedTo = null,
    IReadOnlyList<SeenAlert>? Alerts = null);
