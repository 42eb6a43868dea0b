using Sallyport.Core.Tools;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Gateway.Policy;

/// <summary>The one place that says whether a caller may use a tool. Lists, searches, descriptions and calls all ask here.</summary>
public sealed class Authorizer(IEnumerable<Role> roles)
{
    private readonly Dictionary<string, Role> _roles = roles.ToDictionary(role => role.Name, StringComparer.Ordinal);

    /// <summary>Tools that an administrator has switched off, by canonical name.</summary>
    public IReadOnlySet<string> SwitchedOff { get; init; } = new HashSet<string>();

    public bool IsSwitchedOff(Tool tool) => SwitchedOff.Contains(tool.Name);

    /// <summary>Whether there is such a role.</summary>
    public bool Knows(string role) => _roles.ContainsKey(role);

    public bool MayUse(Caller caller, CatalogEntry entry) => MayUse(caller, entry, []);

    /// <summary>A read for investigations asks for every tool that it stands for; an investigation for at least one read.</summary>
    /// <param name="further">What these arguments ask for beyond the tool's own permission.</param>
    public bool MayUse(Caller caller, CatalogEntry entry, IReadOnlyList<ToolPermission> further)
    {
        if (entry.Source is not null)
            return entry.StandsFor.All(tool => Holds(caller, tool, []) && !IsSwitchedOff(tool.Tool));
        return Holds(caller, entry, further) && (entry.Sources.Count == 0 || entry.Sources.Any(source => MayUse(caller, source)));
    }

    /// <summary>A tool is shown where it may be used and at least one granted tenant would not refuse it as read-only.</summary>
    public bool Shows(Caller caller, CatalogEntry entry, TenantDirectory tenants)
        => MayUse(caller, entry) && !IsSwitchedOff(entry.Tool) && tenants.GrantedTo(caller).Any(tenant => IsOffered(caller, entry, tenant) && (entry.Tool.Access == ToolAccess.Read || entry.IsRelay || !tenant.IsReadOnly));

    /// <summary>Whoever decides must have proven who they are: an agent could otherwise leave its own proof at home and decide as nobody.</summary>
    public bool MayApprove(Caller caller) => caller.Proof is not ("open-access" or "stdio" or "account") && RoleOf(caller) is { CanApprove: true };

    public bool MayAdminister(Caller caller) => RoleOf(caller) is { CanAdminister: true };

    /// <summary>An investigation without a single readable source in a tenant is not offered there.</summary>
    private bool IsOffered(Caller caller, CatalogEntry entry, Tenant tenant) => entry.Sources.Count == 0
        ? entry.IsUsableBy(tenant)
        : entry.Sources.Any(source => source.IsUsableBy(tenant) && MayUse(caller, source));

    private bool Holds(Caller caller, CatalogEntry entry, IReadOnlyList<ToolPermission> further) => RoleOf(caller) is { } role && role.Allows(entry, further);

    private Role? RoleOf(Caller caller) => _roles.GetValueOrDefault(caller.Role);
}
