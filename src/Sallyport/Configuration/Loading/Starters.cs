using Sallyport.Core;

namespace Sallyport.Configuration.Loading;

/// <summary>Without any tenant configured, one called 'default' has every platform that works without settings.</summary>
internal static class Starters
{
    public static void AddTo(MapNode root, IReadOnlyList<IConnector> connectors)
    {
        if (root.Members.GetValueOrDefault("tenants") is MapNode { Members.Count: > 0 } or ListNode or TextNode { IsUnset: false })
            return;
        var tenant = new MapNode(Origin.Default);
        foreach (var connector in connectors.Where(connector => connector.Settings.Unset is not null))
            tenant.Members[connector.Id] = new MapNode(Origin.Default);
        if (tenant.Members.Count == 0)
            return;
        var tenants = new MapNode(Origin.Default);
        tenants.Members["default"] = tenant;
        root.Members["tenants"] = tenants;
    }
}
