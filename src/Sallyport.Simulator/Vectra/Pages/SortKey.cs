namespace Sallyport.Simulator.Vectra.Pages;

/// <summary>One thing that a list can be ordered by.</summary>
/// <param name="IsScore">Whether it is a score, whose direction is read in two ways.</param>
internal sealed record SortKey<T>(string Name, Comparison<T> Compare, bool IsScore = false)
{
    public static SortKey<T> By<TKey>(string name, Func<T, TKey> key, bool isScore = false)
        => new(name, (a, b) => Comparer<TKey>.Default.Compare(key(a), key(b)), isScore);
}

/// <summary>Puts rows into the order asked for; an order that is not known is ignored.</summary>
internal static class Sorting
{
    /// <param name="scoresDescend">Whether a score without a minus sign sorts highest first.</param>
    public static List<T> Sorted<T>(this IEnumerable<T> rows, string? ordering, ReadOnlySpan<SortKey<T>> keys, bool scoresDescend)
    {
        var list = rows.ToList();
        var isInverted = ordering?.StartsWith('-') is true;
        var name = isInverted ? ordering![1..] : ordering;
        foreach (var key in keys)
        {
            if (key.Name != name)
                continue;
            var descends = (key.IsScore && scoresDescend) != isInverted;
            // LINQ keeps the order of equals, which List.Sort does not: pages must not overlap.
            return [.. list.Order(Comparer<T>.Create(descends ? (a, b) => key.Compare(b, a) : key.Compare))];
        }
        return list;
    }
}
