namespace Sallyport.Core.Schemas;

/// <summary>Turns a name nobody knows into the name that was probably meant.</summary>
public static class Suggestion
{
    private const int MostNamesListed = 12;

    /// <summary>A sentence end such as <c>is unknown; did you mean 'limit'?</c></summary>
    public static string For(string name, IEnumerable<string> known)
    {
        var names = known.Order(StringComparer.Ordinal).ToList();
        var near = Nearest(name, names);
        if (near is not null)
            return $"is unknown; did you mean '{near}'?";
        return names.Count is > 0 and <= MostNamesListed ? $"is unknown; known: {string.Join(", ", names)}" : "is unknown";
    }

    /// <summary>The closest name within a third of its length in edits, or null.</summary>
    public static string? Nearest(string name, IEnumerable<string> known) => name.Length > 64
        ? null
        : known.Select(candidate => (candidate, distance: Distance(Fold(name), Fold(candidate))))
            .Where(pair => pair.distance <= Math.Max(1, pair.candidate.Length / 3))
            .OrderBy(pair => pair.distance)
            .Select(pair => pair.candidate)
            .FirstOrDefault();

    private static string Fold(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            previous = current;
        }

        return previous[b.Length];
    }
}
