using Sallyport.Simulator.Vectra.Investigations;
using Sallyport.Simulator.Vectra.Pages;

namespace Sallyport.Simulator.Vectra.Entities;

/// <summary>The filters and orders of the entity, host and account lists.</summary>
internal static class EntityFilter
{
    public static readonly SortKey<EntityView>[] Orders =
    [
        SortKey<EntityView>.By("urgency_score", static e => e.Score.Urgency, isScore: true),
        SortKey<EntityView>.By("threat", static e => e.Score.Threat, isScore: true),
        SortKey<EntityView>.By("t_score", static e => e.Score.Threat, isScore: true),
        SortKey<EntityView>.By("certainty", static e => e.Score.Certainty, isScore: true),
        SortKey<EntityView>.By("c_score", static e => e.Score.Certainty, isScore: true),
        SortKey<EntityView>.By("last_detection_timestamp", static e => e.Score.LastDetection),
        SortKey<EntityView>.By("last_modified_timestamp", static e => e.Modified),
        SortKey<EntityView>.By("id", static e => e.Row.Id),
        new("name", static (a, b) => string.CompareOrdinal(a.Name, b.Name)),
    ];

    /// <summary>What the three lists have in common.</summary>
    private static Filter<EntityView> Shared(ListQuery query)
    {
        var filter = new Filter<EntityView>();
        filter.When(query.Words("state"), static (e, states) => states.Contains(e.State, StringComparer.OrdinalIgnoreCase));
        filter.When(query.Words("tags"), static (e, tags) => e.Row.Tags.Intersect(tags, StringComparer.OrdinalIgnoreCase).Any());
        filter.When(query.Time("note_modified_timestamp_gte"), static (e, time) => Note.LastChange(e.Row.Notes) >= time);
        filter.When(query.Time("last_detection_timestamp_gte"), static (e, time) => e.Score.LastDetection >= time);
        filter.When(query.Time("last_detection_timestamp_lte"), static (e, time) => e.Score.LastDetection <= time);
        filter.When(query.Number("threat_gte") ?? query.Number("t_score_gte"), static (e, least) => e.Score.Threat >= least);
        filter.When(query.Number("certainty_gte") ?? query.Number("c_score_gte"), static (e, least) => e.Score.Certainty >= least);
        filter.When(query.Text("name"), static (e, part) => e.Name.Contains(part, StringComparison.OrdinalIgnoreCase));
        return filter;
    }

    public static Filter<EntityView> OfEntities(ListQuery query)
    {
        var filter = Shared(query);
        filter.When(query.Words("type"), static (e, kinds) => kinds.Contains(e.Row.KindText, StringComparer.OrdinalIgnoreCase));
        filter.When(query.Flag("is_prioritized"), static (e, flag) => e.Score.IsPrioritized == flag);
        filter.When(query.Time("last_modified_timestamp_gte"), static (e, time) => e.Modified >= time);
        filter.When(query.Time("last_modified_timestamp_lte"), static (e, time) => e.Modified <= time);
        return filter;
    }

    public static Filter<EntityView> OfHosts(ListQuery query)
    {
        var filter = Shared(query);
        filter.When(query.Text("last_source"), static (h, address) => h.Device.Address == address);
        filter.When(query.Text("ip"), static (h, address) => h.Device.Address == address);
        filter.When(query.Flag("key_asset"), static (h, flag) => h.Row.IsKeyAsset == flag);
        filter.When(query.Text("mac_address"), static (h, mac) => h.Device.Mac.Equals(mac, StringComparison.OrdinalIgnoreCase));
        return filter;
    }

    public static Filter<EntityView> OfAccounts(ListQuery query) => Shared(query);
}
