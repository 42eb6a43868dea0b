namespace Sallyport.Core.Sources;

/// <summary>A user as one platform sees them.</summary>
/// <param name="Risk">0 to 100, as the platform scores it.</param>
/// <param name="Privilege">The platform's word for how much the account may do.</param>
/// <param name="Hosts">Where the user was seen.</param>
public sealed record SeenUser(
    UserIdentity Identity,
    string? DisplayName = null,
    string? Email = null,
    string? Department = null,
    string? JobTitle = null,
    int? Risk = null,
    string? Privilege = null,
    string? State = null,
    IReadOnlyList<HostIdentity>? Hosts = null,
    DateTimeOffset? LastSeen = null);
