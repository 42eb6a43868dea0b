using System.Globalization;
using System.Text.Json;
using Sallyport.Core.Pictures;

namespace Sallyport.Connectors.Vectra.Graph;

/// <summary>Collects detections and arranges them as a graph: the gravest first, the same every time, at most 200 nodes.</summary>
/// <param name="portal">The only origin that links may lead to.</param>
internal sealed class GraphBuilder(Uri portal, string? state)
{
    private const int MostDetections = 98;
    private const int MostResources = 99;

    private readonly List<Seen> _detections = [];
    private string? _name;

    /// <summary>host or account, as the detections say.</summary>
    public HashSet<string> Kinds { get; } = new(StringComparer.Ordinal);

    public int Count => _detections.Count;

    public void Add(ReadOnlyMemory<byte> row)
    {
        var detection = VectraWire.Read(row, VectraWireJson.Default.JsonElement);
        var kind = Has(detection, "src_host") ? "host" : Has(detection, "src_account") ? "account" : "unknown";
        Kinds.Add(kind);
        _name ??= Has(detection, $"src_{kind}") ? Text(detection.GetProperty($"src_{kind}"), "name") : null;
        _detections.Add(new Seen(
            Number(detection, "id") ?? 0, PictureText.Clean(Text(detection, "detection"), 80), PictureText.Clean(Text(detection, "detection_category"), 40),
            Number(detection, "threat") ?? 0, Number(detection, "certainty") ?? 0, PictureText.Clean(Text(detection, "last_timestamp"), 40),
            DetectionTargets.Of(detection), DetectionTargets.Ports(detection)));
    }

    public GraphModel Build(string kind, long id)
    {
        var name = PictureText.Clean(_name, 80);
        var entity = new GraphNode($"{kind}:{id}", "entity", name.Length == 0 ? $"{kind} {id}" : name) { Url = Link($"{kind}s", id) };
        List<GraphNode> nodes = [entity];
        List<GraphEdge> edges = [];
        var ranked = _detections.OrderByDescending(static d => d.Threat).ThenByDescending(static d => d.Certainty).ThenBy(static d => d.Id).ToList();
        foreach (var detection in ranked.Take(MostDetections))
        {
            nodes.Add(new GraphNode($"det:{detection.Id}", "detection", detection.Name)
            {
                Url = Link("detections", detection.Id),
                Category = detection.Category,
                Threat = detection.Threat,
                Certainty = detection.Certainty,
                LastTimestamp = detection.LastSeen,
                Ports = detection.Ports.Count == 0 ? null : detection.Ports,
            });
            edges.Add(new GraphEdge(entity.Id, $"det:{detection.Id}", "triggered"));
        }

        AddTargets(ranked.Take(MostDetections), nodes, edges);
        if (ranked.Count > MostDetections)
        {
            nodes.Add(new GraphNode("more:detections", "more", $"{ranked.Count - MostDetections} more detections"));
            edges.Add(new GraphEdge(entity.Id, "more:detections", "triggered"));
        }

        return new GraphModel($"{Which()} of {kind} {entity.Label} ({id})", nodes, edges);
    }

    private static void AddTargets(IEnumerable<Seen> shown, List<GraphNode> nodes, List<GraphEdge> edges)
    {
        var known = new HashSet<Target>();
        var left = new HashSet<Target>();
        foreach (var detection in shown)
        {
            var leftBefore = left.Count;
            foreach (var target in detection.Targets)
            {
                var id = $"res:{target.Type}:{target.Name}";
                if (!known.Contains(target) && known.Count == MostResources)
                {
                    left.Add(target);
                    continue;
                }

                if (known.Add(target))
                    nodes.Add(new GraphNode(id, "resource", target.Name) { ResourceType = target.Type });
                edges.Add(new GraphEdge($"det:{detection.Id}", id, "targets"));
            }

            if (left.Count > leftBefore)
                edges.Add(new GraphEdge($"det:{detection.Id}", "more:resources", "targets"));
        }

        if (left.Count > 0)
            nodes.Add(new GraphNode("more:resources", "more", $"{left.Count} more resources"));
    }

    private string Which() => state is null ? "All detections" : $"{char.ToUpperInvariant(state[0])}{state[1..]} detections";

    private string Link(string path, long id) => new Uri(portal, string.Create(CultureInfo.InvariantCulture, $"{path}/{id}")).AbsoluteUri;

    private static bool Has(JsonElement detection, string member) => detection.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Object;

    private static string? Text(JsonElement element, string member)
        => element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement element, string member)
        => element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    private sealed record Seen(
        long Id, string Name, string Category, long Threat, long Certainty, string LastSeen, IReadOnlyList<Target> Targets, IReadOnlyList<string> Ports);
}
