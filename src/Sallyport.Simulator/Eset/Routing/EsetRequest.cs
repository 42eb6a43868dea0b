using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Sallyport.Simulator.Eset.Routing;

/// <summary>One request that was let in: who asks, what the path names, what the query and body say.</summary>
internal sealed record EsetRequest(HttpContext Http, EsetAccount Account, IReadOnlyDictionary<string, string> Path, JsonObject Body)
{
    /// <summary>The query's value, or null when it is absent or empty.</summary>
    public string? Query(string name) => Http.Request.Query.TryGetValue(name, out var values) && !string.IsNullOrEmpty(values[0]) ? values[0] : null;

    public IReadOnlyList<string> Queries(string name) => [.. Http.Request.Query[name].OfType<string>()];

    public bool Flag(string name) => Query(name) == "true";

    /// <summary>The id in the path, or the empty one, which nothing has.</summary>
    public Guid Id(string name) => Guid.TryParse(Path[name], out var id) ? id : Guid.Empty;

    public Guid? QueryId(string name) => Query(name) is { } text ? Guid.TryParse(text, out var id) ? id : Guid.Empty : null;

    /// <summary>Texts in a list of the body.</summary>
    public IReadOnlyList<string> Texts(string member) => [.. (Body[member]?.AsArray() ?? []).Select(static node => (string)node!)];
}
