using System.ComponentModel.DataAnnotations;
using Sallyport.Core.Schemas;

namespace Sallyport.Core.Sources;

/// <summary>Asks for hosts by anything they are known by; with nothing given, for all of them.</summary>
/// <param name="Name">Short or fully qualified name.</param>
public sealed record HostQuestion(
    [StringLength(255, MinimumLength = 1)] string? Name = null,
    [Format(TextFormat.IpAddress)] string? Address = null,
    [StringLength(17, MinimumLength = 12)] string? Mac = null,
    [StringLength(128, MinimumLength = 1)] string? Id = null,
    [Range(1, 20_000)] int Limit = 100)
{
    /// <summary>No host in particular.</summary>
    public bool IsForAll => this is { Name: null, Address: null, Mac: null, Id: null };
}

/// <summary>Asks for a user by principal name, mail address or account name.</summary>
public sealed record UserQuestion([StringLength(255, MinimumLength = 1)] string Name, [Range(1, 1000)] int Limit = 50);

/// <summary>Asks for alerts that were going on in a span of time.</summary>
/// <param name="Hosts">Only on these, each by the id that this very platform gave it, else by its name.</param>
/// <param name="Users">Only about these.</param>
/// <param name="OnlyOpen">Leaves out what is resolved or suppressed.</param>
public sealed record AlertQuestion(
    DateTimeOffset Since,
    DateTimeOffset? Until = null,
    [ItemCount(0, 50)] IReadOnlyList<HostIdentity>? Hosts = null,
    [ItemCount(0, 50)] IReadOnlyList<UserIdentity>? Users = null,
    bool OnlyOpen = false,
    SourceSeverity AtLeast = SourceSeverity.Unknown,
    [Range(1, 1000)] int Limit = 200)
{
    /// <summary>About nobody in particular.</summary>
    public bool IsForAll => Hosts is not { Count: > 0 } && Users is not { Count: > 0 };
}

/// <summary>Asks for one incident with its alerts.</summary>
public sealed record IncidentQuestion([StringLength(128, MinimumLength = 1)] string Id);

/// <summary>Asks for open vulnerabilities, worst first.</summary>
public sealed record VulnerabilityQuestion(
    HostIdentity? Host = null,
    [StringLength(50, MinimumLength = 1)] string? Cve = null,
    SourceSeverity AtLeast = SourceSeverity.Unknown,
    [Range(1, 1000)] int Limit = 200);

/// <summary>Asks who met an address, domain, URL, file or sender.</summary>
public sealed record IndicatorQuestion(
    ObservableKind Kind,
    [StringLength(2048, MinimumLength = 1)] string Value,
    DateTimeOffset Since,
    [Range(1, 1000)] int Limit = 100);
