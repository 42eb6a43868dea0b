using Sallyport.Connectors.Vectra.Access;
using Sallyport.Connectors.Vectra.Pages;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Detections;

/// <summary>Tools that give many detections: in full, in short, as ids, or only their number.</summary>
internal static class DetectionLists
{
    private const string Toolset = "detections";
    private static readonly DetectionField[] Bulky = [DetectionField.GroupedDetails];

    public static IReadOnlyList<Tool> All { get; } =
    [
        Tool.Raw<VectraClient, ListDetectionDetails>(
            ToolAccess.Read, "vectra_detections_list",
            "Lists detections with everything known about them except single events. Start with vectra_detections_summarize when many may match.",
            static () => VectraJson.Default.ListDetectionDetails,
            static (vectra, args, context, _) => Task.FromResult(DetailsOf(vectra, args, context)))
            with { Alias = "list_detections_with_details", Title = "List detections", Rows = "detections", UntrustedMembers = Untrusted.Members, Toolset = Toolset },
        Tool.Raw<VectraClient, ListDetections>(
            ToolAccess.Read, "vectra_detections_summarize",
            "Lists detections in short: name, category, state, last time seen. The overview to start a search with.",
            static () => VectraJson.Default.ListDetections,
            static (vectra, args, context, _) => Task.FromResult(OutlinesOf(vectra, args, context)))
            with { Alias = "list_detections_with_basic_info", Title = "Summarize detections", Rows = "detections", Toolset = Toolset },
        Tool.Raw<VectraClient, ListDetections>(
            ToolAccess.Read, "vectra_detection_ids_list",
            "Lists only the ids of detections, for tools that take ids.",
            static () => VectraJson.Default.ListDetections,
            static (vectra, args, context, _) => Task.FromResult(IdsOf(vectra, args, context)))
            with { Alias = "list_detection_ids", Title = "List detection ids", Rows = "detections_ids", Toolset = Toolset },
        Tool.Read<VectraClient, CountDetections, DetectionCount>(
            "vectra_detections_count",
            "Counts detections that match the filters, without fetching them.",
            static () => VectraJson.Default.CountDetections, static () => VectraJson.Default.DetectionCount, CountAsync)
            with { Alias = "get_detection_count", Title = "Count detections", Toolset = Toolset },
    ];

    private static ToolContent DetailsOf(VectraClient vectra, ListDetectionDetails args, ToolContext context)
    {
        var query = args.Apply(new VectraQuery("detections")).With("ordering", args.Ordering).With("exclude_fields", VectraNames.Of(args.ExcludeFields ?? Bulky));
        return Answer("detections", args.Ordering).Of(new PageWalk(vectra, query, args.Limit, context));
    }

    private static ToolContent OutlinesOf(VectraClient vectra, ListDetections args, ToolContext context)
    {
        var query = args.Apply(new VectraQuery("detections")).With("ordering", args.Ordering)
            .With("fields", "id,detection,detection_category,last_timestamp,is_triaged,state,type");
        return Answer("detections", args.Ordering, DetectionOutline.Of).Of(new PageWalk(vectra, query, args.Limit, context));
    }

    private static ToolContent IdsOf(VectraClient vectra, ListDetections args, ToolContext context)
    {
        var query = args.Apply(new VectraQuery("detections")).With("ordering", args.Ordering).With("fields", "id");
        return Answer("detections_ids", args.Ordering, DetectionOutline.IdOf).Of(new PageWalk(vectra, query, args.Limit, context));
    }

    private static async Task<DetectionCount> CountAsync(VectraClient vectra, CountDetections args, CancellationToken cancellationToken)
    {
        await using var response = await vectra.GetAsync(args.Apply(new VectraQuery("detections")).With("page_size", 1), cancellationToken);
        var page = await response.ReadAsync(VectraWireJson.Default.CountWire, cancellationToken);
        var count = page.Count ?? throw new UpstreamException(UpstreamFailure.InvalidResponse, "Vectra answered with a list that does not say how long it is.");
        return new DetectionCount(count, args, count == 1 ? "1 detection matches these filters." : $"{count} detections match these filters.");
    }

    /// <summary>The list, with the direction in which the platform really sorted it: it is published in two readings.</summary>
    private static ListAnswer Answer(string rows, string ordering, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? show = null)
    {
        var order = new ObservedOrder(ordering.TrimStart('-'));
        return new ListAnswer("detection_count", rows)
        {
            Show = row =>
            {
                order.See(row.Span);
                return show is null ? row : show(row);
            },
            Finish = (json, _) => order.Write(json),
            Nothing = "No detections match these filters.",
        };
    }
}

/// <summary>How many detections there are, and by which filters.</summary>
internal sealed record DetectionCount(long Count, CountDetections Filters, string Message);

/// <summary>How long a list is, on the wire.</summary>
internal sealed record CountWire(long? Count = null);
