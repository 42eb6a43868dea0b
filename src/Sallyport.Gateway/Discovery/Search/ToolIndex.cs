using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Discovery.Search;

/// <summary>
/// Ranks tools by the words of a question (BM25 over weighted fields): a word counts for more in a name than in the description
/// of an argument, for more when few tools have it, and words of the trade stand for one another.
/// </summary>
internal sealed class ToolIndex
{
    private const double Saturation = 1.4;
    private const double NameWeight = 3;
    private const double TitleWeight = 2;
    private const double PlatformWeight = 1.5;
    private const double DescriptionWeight = 1.5;
    private const double AliasWeight = 1;
    private const double AskedWeight = 1;
    private const double ArgumentWeight = 0.5;
    private const double DetailWeight = 0.25;

    /// <summary>What is left of a tool's score when another platform was named.</summary>
    private const double OtherPlatform = 0.4;

    /// <summary>How much more a tool counts that asks all platforms when none was named.</summary>
    private const double AllPlatforms = 1.25;

    /// <summary>What is left of the score of a change when something was asked.</summary>
    private const double UnaskedChange = 0.6;

    private const double AskedChange = 1.5;

    /// <summary>Long texts count their words for less.</summary>
    private const double LengthShare = 0.3;

    private readonly IReadOnlyList<CatalogEntry> _entries;
    private readonly Dictionary<string, List<(int Entry, double Weight)>> _postings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _platforms;

    public ToolIndex(IReadOnlyList<CatalogEntry> entries)
    {
        _entries = entries;
        _platforms = Platforms(entries);
        var documents = entries.Select(Document).ToList();
        var average = documents.Count == 0 ? 1 : documents.Average(document => document.Values.Sum());
        for (var i = 0; i < documents.Count; i++)
        {
            var length = 1 - LengthShare + (LengthShare * documents[i].Values.Sum() / average);
            foreach (var (word, weight) in documents[i])
            {
                if (!_postings.TryGetValue(word, out var postings))
                    _postings[word] = postings = [];
                postings.Add((i, weight / length));
            }
        }
    }

    /// <summary>The best first; what is equally good stays in the order of the list.</summary>
    public IReadOnlyList<CatalogEntry> Search(string sentence, int most)
    {
        var question = Question.Of(sentence);
        var scores = new double[_entries.Count];
        var best = new double[_entries.Count];
        foreach (var meanings in question.Parts)
        {
            Array.Clear(best);
            foreach (var (word, share) in meanings)
                Score(word, share, best);
            for (var i = 0; i < scores.Length; i++)
                scores[i] += best[i];
        }

        var named = question.Parts.SelectMany(part => part).Where(word => word.Share == 1).Select(word => _platforms.GetValueOrDefault(word.Word)).OfType<string>().ToHashSet();
        for (var i = 0; i < scores.Length; i++)
            scores[i] *= Fit(_entries[i], question, named);
        return [.. Enumerable.Range(0, scores.Length).Where(i => scores[i] > 0).OrderByDescending(i => scores[i]).ThenBy(i => i).Take(most).Select(i => _entries[i])];
    }

    /// <summary>Who names a platform means that one, and who names none may mean all; who asks a question wants nothing changed.</summary>
    private static double Fit(CatalogEntry entry, Question question, HashSet<string> named)
    {
        var isForAll = ReferenceEquals(entry.Connector, GateConnector.Instance);
        var fit = named.Count == 0 ? isForAll ? AllPlatforms : 1 : named.Contains(entry.Connector.Id) ? 1 : OtherPlatform;
        if (entry.Tool.Access == ToolAccess.Write)
            fit *= question.IsAsking ? UnaskedChange : question.IsTelling ? AskedChange : 1;
        return fit;
    }

    /// <summary>A word and its synonyms are one thing that was asked for: the best of them counts, not their sum.</summary>
    private void Score(string word, double share, double[] best)
    {
        if (!_postings.TryGetValue(word, out var postings))
            return;
        var rarity = Math.Log(1 + ((_entries.Count - postings.Count + 0.5) / (postings.Count + 0.5)));
        foreach (var (entry, weight) in postings)
            best[entry] = Math.Max(best[entry], share * rarity * weight * (Saturation + 1) / (weight + Saturation));
    }

    /// <summary>Words that name a platform: those of its id and title that no other platform's tools use.</summary>
    private static Dictionary<string, string> Platforms(IReadOnlyList<CatalogEntry> entries)
    {
        var byPlatform = entries.GroupBy(entry => entry.Connector).ToDictionary(
            group => group.Key, group => group.SelectMany(entry => Words.Of($"{entry.Name} {entry.Tool.Description} {group.Key.Title}")).ToHashSet(StringComparer.Ordinal));
        var words = from platform in byPlatform.Keys
                    from word in Words.Of($"{platform.Id} {platform.Title}").Distinct(StringComparer.Ordinal)
                    where byPlatform.All(other => other.Key == platform || !other.Value.Contains(word))
                    select (word, platform.Id);
        return words.ToDictionary(pair => pair.word, pair => pair.Id, StringComparer.Ordinal);
    }

    private static Dictionary<string, double> Document(CatalogEntry entry)
    {
        var document = new Dictionary<string, double>(StringComparer.Ordinal);
        var tool = entry.Tool;
        Add(document, tool.Name, NameWeight);
        foreach (var word in tool.Name.Split('_'))
            document[Question.Form(word)] = NameWeight;
        document[Question.Verb(tool.Name[(tool.Name.LastIndexOf('_') + 1)..])] = NameWeight;
        Add(document, ToolListing.TitleOf(tool), TitleWeight);
        Add(document, tool.Alias, AliasWeight);
        Add(document, $"{entry.Connector.Id} {entry.Connector.Title}", PlatformWeight);
        Add(document, tool.Description, DescriptionWeight);
        Add(document, tool.Input.Root, depth: 0);
        Add(document, Question.Plain(string.Join('\n', AskedSentences.For(entry))), AskedWeight);
        return document;
    }

    private static void Add(Dictionary<string, double> document, SchemaNode schema, int depth)
    {
        if (depth > 2)
            return;
        foreach (var (name, argument) in schema.Properties)
        {
            Add(document, name, ArgumentWeight);
            Add(document, argument.Description, DetailWeight);
            foreach (var choice in argument.Enum ?? [])
                Add(document, choice, DetailWeight);
            Add(document, argument, depth + 1);
        }
    }

    /// <summary>In each text a word counts once; over texts its weights add up.</summary>
    private static void Add(Dictionary<string, double> document, string? text, double weight)
    {
        foreach (var word in Words.Of(text ?? "").Distinct(StringComparer.Ordinal))
            document[word] = document.GetValueOrDefault(word) + weight;
    }
}
