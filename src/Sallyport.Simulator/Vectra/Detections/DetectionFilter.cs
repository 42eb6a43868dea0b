using Sallyport.Simulator.Vectra.Entities;
using Sallyport.Simulator.Vectra.Investigations;
using Sallyport.Simulator.Vectra.Pages;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Simulator.Vectra.Detections;

/// <summary>The filters and orders of the detection list.</summary>
internal static class DetectionFilter
{
    public static readonly SortKey<DetectionRow>[] Orders =
    [
        SortKey<DetectionRow>.By("id", static d => d.Id),
        SortKey<DetectionRow>.By("last_timestamp", static d => d.Last),
        SortKey<DetectionRow>.By("first_timestamp", static d => d.First),
        SortKey<DetectionRow>.By("created_timestamp", static d => d.Created),
        SortKey<DetectionRow>.By("created_datetime", static d => d.Created),
        SortKey<DetectionRow>.By("threat", static d => d.Threat, isScore: true),
        SortKey<DetectionRow>.By("t_score", static d => d.Threat, isScore: true),
        SortKey<DetectionRow>.By("certainty", static d => d.Certainty, isScore: true),
        SortKey<DetectionRow>.By("c_score", static d => d.Certainty, isScore: true),
    ];

    public static Filter<DetectionRow> Of(ListQuery query, VectraEstate estate)
    {
        var filter = new Filter<DetectionRow>();
        filter.When(query.Numbers("id"), static (d, ids) => ids.Contains(d.Id));
        filter.When(query.Number("min_id"), static (d, id) => d.Id >= id);
        filter.When(query.Number("max_id"), static (d, id) => d.Id <= id);
        filter.When(query.Words("state"), static (d, states) => states.Contains(d.State, StringComparer.OrdinalIgnoreCase));
        filter.When(query.Text("detection_type"), static (d, name) => d.Kind.Name.Contains(name, StringComparison.OrdinalIgnoreCase));
        filter.When(query.Text("detection"), static (d, name) => d.Kind.Name.Contains(name, StringComparison.OrdinalIgnoreCase));
        filter.When(query.Words("detection_category"), static (d, names) => Array.Exists(names, d.Category.IsNamed));
        filter.When(query.Words("src_ip"), static (d, addresses) => addresses.Contains(d.SourceAddress));
        filter.When(query.Number("threat_gte"), static (d, least) => d.Threat >= least);
        filter.When(query.Number("certainty_gte"), static (d, least) => d.Certainty >= least);
        filter.When(query.Time("last_timestamp_gte"), static (d, time) => d.Last >= time);
        filter.When(query.Time("last_timestamp_lte"), static (d, time) => d.Last <= time);
        filter.When(query.Numbers("host_id"), static (d, ids) => d.Entity.Kind == EntityKind.Host && ids.Contains(d.Entity.Id));
        filter.When(query.Numbers("src_account"), static (d, ids) => d.Entity.Kind == EntityKind.Account && ids.Contains(d.Entity.Id));
        filter.When(query.Numbers("entity_id"), static (d, ids) => ids.Contains(d.Entity.Id));
        filter.When(query.Words("tags"), static (d, tags) => d.Tags.Intersect(tags, StringComparer.OrdinalIgnoreCase).Any());
        filter.When(query.Flag("is_targeting_key_asset"), static (d, flag) => d.TargetsKeyAsset == flag);
        filter.When(query.Flag("is_triaged"), static (d, flag) => d.IsTriaged == flag);
        filter.When(query.Time("note_modified_timestamp_gte"), static (d, time) => Note.LastChange(d.Notes) >= time);
        filter.When(query.Words("destination"), (d, ends) => Remote(d) is { } remote && (ends.Contains(remote.Address) || ends.Contains(remote.Domain)));
        filter.When(query.Words("proto"), (d, names) => names.Contains(Remote(d)?.Protocol, StringComparer.OrdinalIgnoreCase));
        return filter;

        RemoteEnd? Remote(DetectionRow row) => estate.World.Detection(row.Ref).Remote;
    }
}
