namespace Sallyport.Gateway.Tenancy;

/// <summary>One customer environment: whether it may be changed, and the settings of each platform it has.</summary>
public sealed record Tenant(string Id, bool IsReadOnly, IReadOnlyDictionary<string, object> Connectors)
{
    /// <summary>The tenant of calls that are about the gate itself.</summary>
    public static Tenant None { get; } = new("", true, new Dictionary<string, object>());

    public bool Has(string connector) => Connectors.ContainsKey(connector);
}
