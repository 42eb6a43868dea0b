using Sallyport.Gateway.Investigations.Asking;

namespace Sallyport.Gateway.Investigations.Matching;

/// <summary>Joins records by their strongest links first; a link that contradicts what is known already joins nothing and is shown as a conflict.</summary>
internal static class Joining
{
    /// <summary>What more records share than this says nothing about any of them.</summary>
    public const int MostSharing = 25;

    /// <param name="contradiction">Why these two groups cannot be one although they are linked, or null.</param>
    /// <param name="nameOf">What a record is called in a conflict.</param>
    public static IReadOnlyList<Group<T>> Join<T>(
        IReadOnlyList<Found<T>> records, IEnumerable<Link> links, Func<IReadOnlyList<Found<T>>, IReadOnlyList<Found<T>>, Link, string?> contradiction,
        Func<Found<T>, string> nameOf, Func<IReadOnlyList<Found<T>>, IEnumerable<Conflict>> conflicts)
    {
        var root = Enumerable.Range(0, records.Count).ToArray();
        var members = Enumerable.Range(0, records.Count).Select(index => new List<int> { index }).ToArray();
        var matches = new List<(int At, Match Match)>();
        var refused = new List<(int Left, int Right, Conflict Conflict)>();
        foreach (var link in links.OrderByDescending(link => link.Score).ThenBy(link => link.Left).ThenBy(link => link.Right).ThenBy(link => link.Rule, StringComparer.Ordinal))
        {
            var (left, right) = (root[link.Left], root[link.Right]);
            if (left != right)
            {
                if (contradiction(Of(left), Of(right), link) is { } reason)
                {
                    refused.Add((link.Left, link.Right, new Conflict($"not joined by {link.Rule}: {link.Reason}, but {reason}", [Said(link.Left), Said(link.Right)])));
                    continue;
                }

                var (kept, gone) = (Math.Min(left, right), Math.Max(left, right));
                foreach (var index in members[gone])
                    root[index] = kept;
                members[kept].AddRange(members[gone]);
                members[gone] = [];
            }

            matches.Add((link.Left, new Match(link.Rule, link.Score, records[link.Left].Source, records[link.Right].Source, link.Reason)));
        }

        return [.. from at in Enumerable.Range(0, records.Count)
                   where members[at].Count > 0
                   let own = members[at].Order().Select(index => records[index]).ToList()
                   select new Group<T>(
                       own,
                       [.. matches.Where(match => root[match.At] == at).Select(match => match.Match).DistinctBy(match => (match.Left, match.Right, match.Rule))],
                       [.. conflicts(own), .. refused.Where(pair => root[pair.Left] == at || root[pair.Right] == at).Select(pair => pair.Conflict).DistinctBy(conflict => conflict.About)])];

        IReadOnlyList<Found<T>> Of(int group) => [.. members[group].Select(index => records[index])];

        (string, string) Said(int index) => (records[index].Source, nameOf(records[index]));
    }

    /// <summary>Links every two records that have a key in common.</summary>
    public static IEnumerable<Link> Links<T>(IReadOnlyList<Found<T>> records, Func<T, IEnumerable<string>> keysOf, string rule, int score, string what, Func<int, int, string, bool>? fits = null)
    {
        var byKey = new Dictionary<string, List<int>>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < records.Count; i++)
        {
            foreach (var key in keysOf(records[i].Item).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (!byKey.TryGetValue(key, out var sharing))
                    byKey[key] = sharing = [];
                sharing.Add(i);
            }
        }

        return from pair in byKey
               where pair.Value.Count is > 1 and <= MostSharing
               from i in Enumerable.Range(0, pair.Value.Count - 1)
               from j in Enumerable.Range(i + 1, pair.Value.Count - i - 1)
               where fits?.Invoke(pair.Value[i], pair.Value[j], pair.Key) != false
               select new Link(pair.Value[i], pair.Value[j], rule, score, $"{what} {pair.Key}");
    }
}
