using Sallyport.Core;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Shaping;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Gateway.Pipeline;

/// <summary>A tool as this gate offers it: with its connector, and the schema that clients are shown.</summary>
public sealed record CatalogEntry(IConnector Connector, Tool Tool, JsonSchema Schema)
{
    public string Name => Tool.Name;

    /// <summary>The tenants whose settings define this tool; null when every tenant that has the platform has it.</summary>
    public IReadOnlySet<string>? DefinedBy { get; init; }

    public bool IsOfferedBy(Tenant tenant) => tenant.Has(Connector.Id) && DefinedBy?.Contains(tenant.Id) != false;

    /// <summary>Result members whose text a stranger may have written.</summary>
    public MemberSet Untrusted { get; } = MemberSet.Of(Tool.UntrustedMembers);

    /// <summary>What failures are counted under.</summary>
    public string Upstream => Tool.Upstream ?? Connector.Id;
}
