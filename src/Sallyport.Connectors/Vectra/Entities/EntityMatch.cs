using System.Text.Json.Serialization;
using Sallyport.Connectors.Vectra.Pages;

namespace Sallyport.Connectors.Vectra.Entities;

/// <summary>A host or an account that was found, with what is needed to look closer.</summary>
internal sealed record EntityMatch(
    string? Name, long? Id, string Type, string? LastDetectionTimestamp, bool? IsPrioritized, long UrgencyScore, string State, string Ip);

/// <summary>All that were found.</summary>
internal sealed record EntityMatches(
    int MatchCount, IReadOnlyList<EntityMatch> MatchedEntities, bool Complete,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? IncompleteReason);

/// <summary>The members of an entity that a match is made from.</summary>
internal sealed record EntityWire(
    long? Id = null, string? Name = null, string? Type = null, string? LastDetectionTimestamp = null, bool? IsPrioritized = null,
    double? UrgencyScore = null, string? State = null, string? Ip = null);

/// <summary>Collects matches from several lists, each once.</summary>
internal sealed class FoundEntities
{
    private readonly HashSet<(string Type, long? Id)> _known = [];
    private readonly List<EntityMatch> _matches = [];

    public IReadOnlyList<EntityMatch> Matches => _matches;

    public int InactiveCount => _matches.Count(static match => match.State != "active");

    public string? IncompleteReason { get; private set; }

    /// <param name="kind">What the list holds, where its rows do not say.</param>
    public async Task AddAsync(PageWalk walk, string? kind, CancellationToken cancellationToken)
    {
        await foreach (var row in walk.RowsAsync(cancellationToken))
        {
            var wire = VectraWire.Read(row, VectraWireJson.Default.EntityWire);
            var type = wire.Type ?? kind ?? "unknown";
            if (_known.Add((type, wire.Id)))
                _matches.Add(new EntityMatch(
                    wire.Name, wire.Id, type, wire.LastDetectionTimestamp, wire.IsPrioritized, (long)(wire.UrgencyScore ?? 0), wire.State ?? "unknown", wire.Ip ?? "N/A"));
        }

        IncompleteReason ??= walk.IncompleteReason ?? (walk.Count > walk.Seen ? "item_limit" : null);
    }
}
