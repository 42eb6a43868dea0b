using System.Collections.Concurrent;
using System.Reflection;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Discovery.Search;

/// <summary>
/// How people ask for a tool in their own words, a line each: the tool's name, a tab, the sentence. An assembly keeps them for the
/// tools of its own connectors; a tool without any is found by its name and description.
/// </summary>
internal static class AskedSentences
{
    private const string Resource = "asked.tsv";

    private static readonly ConcurrentDictionary<Assembly, ILookup<string, string>> Kept = [];

    public static IEnumerable<string> For(CatalogEntry entry) => Of(entry.Connector.GetType().Assembly)[entry.Tool.Name];

    /// <summary>All that an assembly keeps, by tool.</summary>
    public static ILookup<string, string> Of(Assembly assembly) => Kept.GetOrAdd(assembly, static one => Read(one).ToLookup(line => line.Tool, line => line.Sentence, StringComparer.Ordinal));

    private static IEnumerable<(string Tool, string Sentence)> Read(Assembly assembly)
    {
        using var resource = assembly.GetManifestResourceStream(Resource);
        if (resource is null)
            yield break;
        using var lines = new StreamReader(resource);
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            // A line that is not of this form was written wrong, and the tests that read all of them say so.
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            yield return (line[..tab], line[(tab + 1)..]);
        }
    }
}
