using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Sallyport.Connectors.Vectra.Detections;
using Sallyport.Connectors.Vectra.Pages;
using Sallyport.Core;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Vectra.Graph;

/// <summary>The tool that draws what happened on one host or account.</summary>
internal static class GraphTool
{
    private const string Svg = "image/svg+xml";
    private const int MostDetections = 1000;

    public static Tool Show { get; } = Tool.Raw<VectraClient, ShowGraph>(
        ToolAccess.Read, "vectra_detection_graph_show",
        "Draws the detections on one host or account and what they were aimed at, as SVG pictures, and gives the same graph as data.",
        static () => VectraJson.Default.ShowGraph, ShowAsync)
        with
    { Alias = "visualize_entity_detections", Title = "Draw an entity's detections", Rows = "nodes", Toolset = "detections" };

    private static async Task<ToolContent> ShowAsync(VectraClient vectra, ShowGraph args, ToolContext context, CancellationToken cancellationToken)
    {
        var builder = new GraphBuilder(vectra.Portal, args.State);
        var walk = new PageWalk(vectra, EntityDetections.Query(vectra, args.EntityId, args.EntityType, args.State), MostDetections, context);
        await foreach (var row in walk.RowsAsync(cancellationToken))
        {
            if (args.EntityType is not { } wanted || EntityDetections.IsOn(row.Span, wanted, args.EntityId))
                builder.Add(row);
        }

        if (builder.Kinds.Count > 1)
            throw new InvalidArgumentsException("entity_type: must be host or account, because both have this id.");
        if (builder.Count == 0 && args.EntityType is null)
            throw new InvalidArgumentsException("entity_type: must be host or account, because no detection tells which.");
        var kind = args.EntityType ?? builder.Kinds.First();
        var graph = builder.Build(kind, args.EntityId);
        ToolAttachment[] files = [.. Themes(args.Theme).Select(theme => new ToolAttachment(
            $"vectra://{kind}s/{args.EntityId}/graph-{theme.Name}.svg", Svg, SvgDrawing.Draw(graph, theme)))];
        var result = new GraphResult(
            graph.Title, builder.Count, walk.IncompleteReason is null && !(walk.Count > walk.Seen), graph.Nodes, graph.Edges,
            [.. files.Zip(Themes(args.Theme), static (file, theme) => new GraphPicture(theme.Name, file.Uri, Svg, file.Bytes.Length, file.Sha256))]);
        return ToolContent.FromJson(JsonSerializer.SerializeToUtf8Bytes(result, VectraJson.Default.GraphResult), files);
    }

    private static SvgTheme[] Themes(string theme) => theme switch
    {
        "light" => [SvgTheme.Light],
        "dark" => [SvgTheme.Dark],
        _ => [SvgTheme.Light, SvgTheme.Dark],
    };
}

/// <summary>Asks for the graph of one host or account.</summary>
internal sealed record ShowGraph(
    [Description("Id of the host or account."), Range(1, int.MaxValue)] long EntityId,
    [Description("Which of both is meant; needed when both have this id."), NullMatters, AllowedValues("host", "account")] string? EntityType = null,
    [Description(Words.State), NullMatters, AllowedValues("active", "inactive", "fixed", "filteredbyai", "filteredbyrule")] string? State = "active",
    [Description("Background of the picture; both gives two."), AllowedValues("light", "dark", "both")] string Theme = "both");
