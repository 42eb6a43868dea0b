using Sallyport.Gateway.Discovery.Search;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Discovery;

/// <summary>The tools of one kind of caller: what may be used, what of it is listed at once, and that list as JSON.</summary>
/// <param name="Entries">Everything the caller may use.</param>
/// <param name="Listed">What <c>tools/list</c> shows of it.</param>
/// <param name="Utf8">The JSON array of <c>tools/list</c>.</param>
public sealed record ToolList(IReadOnlyList<CatalogEntry> Entries, IReadOnlyList<CatalogEntry> Listed, ReadOnlyMemory<byte> Utf8, bool UsesAliases)
{
    // Made at the first search: most callers of a full list never search.
    private readonly Lazy<ToolIndex> _index = new(() => new ToolIndex([.. Entries.Where(entry => !entry.IsAboutGate)]));

    /// <summary>Tools that fit the words, best first.</summary>
    public IReadOnlyList<CatalogEntry> Search(string words, int most) => _index.Value.Search(words, most);

    /// <summary>A tool of the caller by canonical name or alias, listed or not.</summary>
    public CatalogEntry? Find(string nameOrAlias)
        => Entries.FirstOrDefault(entry => entry.Name == nameOrAlias) ?? Entries.FirstOrDefault(entry => entry.Tool.Alias == nameOrAlias);

    public string NameOf(CatalogEntry entry) => ToolListing.NameOf(entry, UsesAliases);
}
