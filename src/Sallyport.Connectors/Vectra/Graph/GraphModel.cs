using System.Text.Json.Serialization;

namespace Sallyport.Connectors.Vectra.Graph;

/// <summary>What a host or account did, and to what: the same picture as data.</summary>
internal sealed record GraphModel(string Title, IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges);

/// <summary>An entity, a detection, a resource that was its target, or a number of those that did not fit.</summary>
/// <param name="Kind">entity, detection, resource or more.</param>
internal sealed record GraphNode(string Id, string Kind, string Label)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Url { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Category { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Threat { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Certainty { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LastTimestamp { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ResourceType { get; init; }

    /// <summary>Ports that the detection saw, for a person who points at it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Ports { get; init; }
}

/// <summary>That one node triggered or targets another.</summary>
internal sealed record GraphEdge(string From, string To, string Label);

/// <summary>The graph as a tool's result, with the pictures that lie beside it.</summary>
internal sealed record GraphResult(
    string Title, long DetectionCount, bool Complete, IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges, IReadOnlyList<GraphPicture> Pictures);

/// <summary>One picture of the graph.</summary>
internal sealed record GraphPicture(string Theme, string Uri, string MediaType, long SizeBytes, string Sha256);
