using Sallyport.Core;

namespace Sallyport.Configuration.Loading;

/// <summary>Without any tenant configured, one called 'default' has every platform that works without settings.</summary>
internal static class Starters
{
    public static void AddTo(MapNode root, IReadOnlyList<IConnector> connectors, SettingsSchema schema)
    {
        if (root.Members.GetValueOrDefault("tenants") is MapNode { Members.Count: > 0 } or ListNode or TextNode { IsUnset: false })
            return;
        var tenant = new MapNode(Origin.Default);
        foreach (var connector in connectors.Where(connector => schema.SectionOf(connector).Required.Count == 0 && IsWell(connector)))
            tenant.Members[connector.Id] = new MapNode(Origin.Default);
        if (tenant.Members.Count == 0)
            return;
        var tenants = new MapNode(Origin.Default);
        tenants.Members["default"] = tenant;
        root.Members["tenants"] = tenants;
    }

    private static bool IsWell(IConnector connector)
        => !connector.Settings.Check(connector.Settings.Read("{}"u8.ToArray())).Any();
}
