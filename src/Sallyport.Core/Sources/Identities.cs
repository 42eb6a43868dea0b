namespace Sallyport.Core.Sources;

/// <summary>By what a platform knows a host. Two platforms' hosts are one when these say so, and never because they look alike.</summary>
/// <param name="Id">The platform's own id, for going on there.</param>
/// <param name="DeviceId">An id that other platforms know too, for example the directory's.</param>
/// <param name="Macs">Lower case with colons.</param>
public sealed record HostIdentity(
    string? Id = null, string? Name = null, string? Fqdn = null, string? DeviceId = null, IReadOnlyList<string>? Macs = null,
    IReadOnlyList<AddressUse>? Addresses = null);

/// <summary>An address and when it was seen in use; without a time it says nothing about who has it.</summary>
public sealed record AddressUse(string Address, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>By what a platform knows a user.</summary>
/// <param name="Id">The platform's own id.</param>
/// <param name="Upn">User principal name.</param>
/// <param name="AccountName">Without domain.</param>
/// <param name="DirectoryId">The directory's object id.</param>
public sealed record UserIdentity(string? Id = null, string? Upn = null, string? AccountName = null, string? Sid = null, string? DirectoryId = null);
