namespace Sallyport.Gateway.Tenancy;

/// <summary>One customer environment: whether it may be changed, and the settings of each platform it has.</summary>
public sealed record Tenant(string Id, bool IsReadOnly, IReadOnlyDictionary<string, object> Connectors)
{
    public bool Has(string connector) => Connectors.ContainsKey(connector);
}
