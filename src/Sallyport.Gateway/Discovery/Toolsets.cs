using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Policy;

namespace Sallyport.Gateway.Discovery;

/// <summary>Which of the tools a caller may use are listed at once. The others are found, described and called all the same.</summary>
public sealed class Toolsets
{
    /// <summary>Clients refuse or forget longer lists than this.</summary>
    public const int MostListed = 127;

    private readonly Func<CatalogEntry, bool> _lists;

    private Toolsets(Func<CatalogEntry, bool> lists, IReadOnlySet<string> hidden) => (_lists, Hidden) = (lists, hidden);

    /// <summary>The tools that answer whole questions, and a way to find the others.</summary>
    public static Toolsets Lean { get; } = new(static entry => entry.Tool.IsLean, new HashSet<string>());

    /// <summary>Everything but the search, which nobody needs when everything is listed.</summary>
    public static Toolsets All { get; } = new(static entry => !entry.IsAboutGate, new HashSet<string>());

    /// <summary>Everything, the search as well.</summary>
    public static Toolsets Everything { get; } = new(static _ => true, new HashSet<string>());

    /// <summary>Nothing needs to be searched for.</summary>
    public bool ListsAll => ReferenceEquals(this, All);

    /// <summary>Names of the toolsets that are not listed.</summary>
    public IReadOnlySet<string> Hidden { get; }

    public bool Lists(CatalogEntry entry) => _lists(entry);

    /// <summary>
    /// Everything, or, when that is more than <see cref="MostListed"/>, everything but the toolsets that connectors name for this.
    /// Decided once for the whole gate, so that every caller meets the same toolsets.
    /// </summary>
    /// <param name="show">Patterns over toolsets that are listed however long the list is.</param>
    /// <param name="hide">Patterns over toolsets that are never listed; they win.</param>
    public static Toolsets Full(ToolCatalog catalog, IReadOnlyList<string> show, IReadOnlyList<string> hide)
    {
        var hidden = catalog.Entries.Select(entry => entry.Toolset).Where(toolset => Matches(hide, toolset)).ToHashSet(StringComparer.Ordinal);
        if (catalog.Entries.Count(entry => !entry.IsAboutGate && !hidden.Contains(entry.Toolset)) > MostListed)
            hidden.UnionWith(catalog.Entries.Where(entry => entry.IsQuiet && !Matches(show, entry.Toolset)).Select(entry => entry.Toolset));
        return hidden.Count == 0 ? All : new Toolsets(entry => !hidden.Contains(entry.Toolset), hidden);
    }

    internal static bool Matches(IReadOnlyList<string> patterns, string toolset) => patterns.Any(pattern => ToolPattern.Matches(pattern, toolset));
}
