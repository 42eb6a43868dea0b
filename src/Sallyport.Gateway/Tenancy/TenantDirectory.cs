using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Tenancy;

/// <summary>Decides which tenant a call is about. A tenant that is not granted and one that does not exist look the same.</summary>
public sealed class TenantDirectory(IReadOnlyList<Tenant> tenants, string? defaultTenant = null)
{
    /// <summary>Stands for every tenant the caller is granted.</summary>
    public const string All = "*";

    private readonly Dictionary<string, Tenant> _tenants = tenants.ToDictionary(tenant => tenant.Id, StringComparer.Ordinal);

    public IReadOnlyList<Tenant> Tenants { get; } = [.. tenants.OrderBy(tenant => tenant.Id, StringComparer.Ordinal)];

    /// <summary>With several tenants, calls offer a tenant argument and results say which tenant they are from.</summary>
    public bool HasSeveral => Tenants.Count > 1;

    /// <summary>The tenant of calls that name none.</summary>
    public string? Default => defaultTenant;

    public IEnumerable<Tenant> GrantedTo(Caller caller) => Tenants.Where(tenant => caller.IsGranted(tenant.Id));

    /// <param name="tool">What the call is for: not every tenant has every tool.</param>
    public TenantChoice Choose(Caller caller, string? asked, CatalogEntry tool) => asked switch
    {
        All or null when tool.IsAboutGate => GrantedTo(caller).Any() ? new TenantChoice.One(Tenant.None) : Unknown,
        All => Every(caller, tool),
        null => Unnamed(caller, tool),
        _ => _tenants.TryGetValue(asked, out var tenant) && caller.IsGranted(asked) ? One(tenant, tool) : Unknown,
    };

    private static TenantChoice Unknown => new TenantChoice.None(ErrorCode.TenantUnknown, "Unknown tenant.", "Ask the operator which tenants you are granted.");

    private TenantChoice Unnamed(Caller caller, CatalogEntry tool)
    {
        var granted = GrantedTo(caller).ToList();
        if (granted.Count == 0)
            return Unknown;
        if (granted.Count == 1)
            return One(granted[0], tool);
        return defaultTenant is not null && granted.Find(tenant => tenant.Id == defaultTenant) is { } chosen
            ? One(chosen, tool)
            : new TenantChoice.None(ErrorCode.TenantRequired, "You are granted several tenants; say which one.", "Add the argument 'tenant'.");
    }

    private TenantChoice Every(Caller caller, CatalogEntry tool)
    {
        var granted = GrantedTo(caller).Where(tool.IsOfferedBy).ToList();
        return granted.Count == 0 ? Unknown : new TenantChoice.Many(granted);
    }

    private static TenantChoice One(Tenant tenant, CatalogEntry tool) => tool.IsOfferedBy(tenant)
        ? new TenantChoice.One(tenant)
        : new TenantChoice.None(ErrorCode.TenantUnknown, "This tenant has no such tool.", "Use a tool that this tenant has.");
}
