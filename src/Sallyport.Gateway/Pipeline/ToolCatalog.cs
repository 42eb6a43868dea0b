using Sallyport.Core;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Gateway.Pipeline;

/// <summary>Every tool of every platform that some tenant has, by canonical name and by alias.</summary>
public sealed class ToolCatalog
{
    private readonly Dictionary<string, CatalogEntry> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _retired;

    /// <param name="isInstalled">Whether a tool's program is on this machine; a tool without its program is not offered.</param>
    public ToolCatalog(IReadOnlyCollection<IConnector> connectors, TenantDirectory tenants, ApprovalPolicy approvals, Func<ExternalProgram, bool> isInstalled)
    {
        Entries =
        [
            .. from connector in connectors
               where tenants.Tenants.Any(tenant => tenant.Has(connector.Id))
               from defined in connector.Tools.Select(tool => (Tool: tool, By: (IReadOnlySet<string>?)null)).Concat(DefinedByTenants(connector, tenants))
               where defined.Tool.Program is null || isInstalled(defined.Tool.Program)
               let schema = GateArgument.AddTo(defined.Tool, tenants.HasSeveral, approvals.CanHold(defined.Tool))
               select new CatalogEntry(connector, defined.Tool, schema) { DefinedBy = defined.By },
        ];
        _retired = connectors.Where(connector => tenants.Tenants.Any(tenant => tenant.Has(connector.Id)))
            .SelectMany(connector => connector.RetiredAliases).ToDictionary(StringComparer.Ordinal);
        foreach (var entry in Entries)
            _byName.Add(entry.Name, entry);
        foreach (var entry in Entries)
        {
            if (entry.Tool.Alias is { } alias)
                _byName.TryAdd(alias, entry);
        }
    }

    /// <summary>Tools that settings define, once each; where tenants define one name differently, the first says what is shown.</summary>
    private static IEnumerable<(Tool Tool, IReadOnlySet<string>? By)> DefinedByTenants(IConnector connector, TenantDirectory tenants)
        => from tenant in tenants.Tenants
           where tenant.Has(connector.Id)
           from tool in connector.ToolsOf(tenant.Connectors[connector.Id])
           group (Tenant: tenant.Id, Tool: tool) by tool.Name into named
           select (named.First().Tool, (IReadOnlySet<string>?)named.Select(one => one.Tenant).ToHashSet(StringComparer.Ordinal));

    /// <summary>In the connectors' own order, which is stable.</summary>
    public IReadOnlyList<CatalogEntry> Entries { get; }

    public CatalogEntry? Find(string nameOrAlias) => _byName.GetValueOrDefault(nameOrAlias);

    /// <summary>Why a reference server's name is offered no more, or null when the name was never known.</summary>
    public string? RetiredReason(string name) => _retired.GetValueOrDefault(name);
}
