namespace Sallyport.Core.Sources;

/// <summary>A host as one platform sees it.</summary>
/// <param name="Seen">What kind of look this platform has.</param>
/// <param name="Agent">The program that reports from it; null when there is none.</param>
/// <param name="Risk">0 to 100, as the platform scores it.</param>
/// <param name="Type">The platform's word for the kind of device.</param>
public sealed record SeenHost(
    HostIdentity Identity,
    Viewpoint Seen,
    string? Type = null,
    string? Os = null,
    string? OsVersion = null,
    IReadOnlyList<UserIdentity>? Owners = null,
    AgentState? Agent = null,
    int? Risk = null,
    bool? IsKeyAsset = null,
    string? Vendor = null,
    IReadOnlyList<string>? Groups = null,
    IReadOnlyList<OpenService>? Services = null,
    DateTimeOffset? FirstSeen = null,
    DateTimeOffset? LastSeen = null);

/// <summary>The endpoint agent on a host and when it was last heard of.</summary>
public sealed record AgentState(string? Version = null, DateTimeOffset? LastReport = null, string? Health = null);

/// <summary>What listens on a port.</summary>
public sealed record OpenService(int Port, string Protocol, string? Name = null, string? Product = null, string? Version = null);
