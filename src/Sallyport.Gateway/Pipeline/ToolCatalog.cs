using Sallyport.Core;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Investigations;
using Sallyport.Gateway.Policy;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Gateway.Pipeline;

/// <summary>Every tool of the gate and of every platform that some tenant has, by canonical name and by alias.</summary>
public sealed class ToolCatalog
{
    private readonly Dictionary<string, CatalogEntry> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _reasons;
    private readonly SortedSet<string> _excluded = new(StringComparer.Ordinal);

    /// <param name="isInstalled">Whether a tool's program is on this machine; a tool without its program is not offered.</param>
    /// <param name="own">The gate's own tools, which come first.</param>
    /// <param name="offered">Which tools the operator wants offered at all; all of them when null.</param>
    public ToolCatalog(
        IReadOnlyCollection<IConnector> connectors, TenantDirectory tenants, ApprovalPolicy approvals, Func<ExternalProgram, bool> isInstalled,
        IReadOnlyList<CatalogEntry>? own = null, OfferedTools? offered = null)
    {
        var present = connectors.Where(connector => tenants.Tenants.Any(tenant => tenant.Has(connector.Id))).ToList();
        _reasons = present.SelectMany(connector => connector.RetiredAliases).ToDictionary(StringComparer.Ordinal);
        var tools = from connector in present
                    from defined in connector.Tools.Select(tool => (Tool: tool, By: (IReadOnlySet<string>?)null)).Concat(DefinedByTenants(connector, tenants))
                    where IsOffered(defined.Tool, offered) && (defined.Tool.Program is null || isInstalled(defined.Tool.Program))
                    let schema = GateArgument.AddTo(defined.Tool, tenants.HasSeveral, approvals.CanHold(defined.Tool) || MayAskPerson(connector, defined.Tool, tenants, approvals))
                    select new CatalogEntry(connector, defined.Tool, schema) { DefinedBy = defined.By };
        var platforms = tools.ToList();
        Sources = [.. present.SelectMany(connector => SourcesOf(connector, platforms))];
        var investigations = InvestigationTools.For(Sources, tenants.HasSeveral);
        Entries = [.. (own ?? []).Concat(investigations).Where(entry => IsOffered(entry.Tool, offered)), .. platforms];
        foreach (var entry in Entries)
            _byName.Add(entry.Name, entry);
        foreach (var entry in Entries)
        {
            if (entry.Tool.Alias is { } alias)
                _byName.TryAdd(alias, entry);
        }
    }

    /// <summary>In the connectors' own order, which is stable.</summary>
    public IReadOnlyList<CatalogEntry> Entries { get; }

    /// <summary>What investigations can ask; none of it is listed, or found by name.</summary>
    public IReadOnlyList<CatalogEntry> Sources { get; }

    /// <summary>Tools that the operator does not want offered; they come back through the settings only.</summary>
    public IReadOnlyCollection<string> Excluded => _excluded;

    public CatalogEntry? Find(string nameOrAlias) => _byName.GetValueOrDefault(nameOrAlias);

    /// <summary>Why a name that is known is not offered, or null when it was never known.</summary>
    public string? ReasonFor(string name) => _reasons.GetValueOrDefault(name);

    /// <summary>A source whose tools are not all offered here is not asked either.</summary>
    private static IEnumerable<CatalogEntry> SourcesOf(IConnector connector, IReadOnlyList<CatalogEntry> platforms)
        => from source in connector.Sources
           let standsFor = platforms.Where(entry => entry.Connector == connector && source.StandsFor.Contains(entry.Name)).ToList()
           where standsFor.Count == source.StandsFor.Count
           select new CatalogEntry(connector, source.Tool, source.Tool.Input) { Source = source, StandsFor = standsFor };

    private bool IsOffered(Tool tool, OfferedTools? offered)
    {
        if (offered?.Offers(tool) != false)
            return true;
        _excluded.Add(tool.Name);
        foreach (var name in new[] { tool.Name, tool.Alias }.OfType<string>())
            _reasons.TryAdd(name, "The operator does not offer this tool.");
        return false;
    }

    /// <summary>A tool that changes nothing offers the approval argument only where some tenant's settings can make its calls wait.</summary>
    private static bool MayAskPerson(IConnector connector, Tool tool, TenantDirectory tenants, ApprovalPolicy approvals)
        => approvals.CanAsk(tool) && tool.AsksPerson is { } rule
            && tenants.Tenants.Any(tenant => tenant.Connectors.TryGetValue(connector.Id, out var settings) && rule.AppliesTo(settings));

    /// <summary>Tools that settings define, once each; where tenants define one name differently, the first says what is shown.</summary>
    private static IEnumerable<(Tool Tool, IReadOnlySet<string>? By)> DefinedByTenants(IConnector connector, TenantDirectory tenants)
        => from tenant in tenants.Tenants
           where tenant.Has(connector.Id)
           from tool in connector.ToolsOf(tenant.Connectors[connector.Id])
           group (Tenant: tenant.Id, Tool: tool) by tool.Name into named
           select (named.First().Tool, (IReadOnlySet<string>?)named.Select(one => one.Tenant).ToHashSet(StringComparer.Ordinal));
}
