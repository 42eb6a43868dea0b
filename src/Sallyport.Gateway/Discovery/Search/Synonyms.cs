using System.Collections.Frozen;

namespace Sallyport.Gateway.Discovery.Search;

/// <summary>Words by which analysts mean the same thing, written once: what is said on the left may be called by a word on the right.</summary>
internal static class Synonyms
{
    private const double Share = 0.75;

    private static readonly IReadOnlyList<string> Lines = [.. Read().Where(line => !line.StartsWith('#'))];

    /// <summary>Phrases that become other words before anything else, in the order of the file.</summary>
    private static readonly IReadOnlyList<(string Phrase, string Stands)> Phrases =
        [.. from line in Lines let parts = line.Split(" -> ") where parts.Length == 2 select (parts[0], parts[1])];

    private static readonly FrozenDictionary<string, string[]> Table =
        (from line in Lines
         let parts = line.Split(": ")
         where parts.Length == 2
         group parts[1] by Words.Reduce(parts[0])! into same
         select KeyValuePair.Create(same.Key, same.SelectMany(Words.Of).Where(word => word != same.Key).Distinct(StringComparer.Ordinal).ToArray()))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The text with every phrase as the word it stands for.</summary>
    public static string Phrased(string text)
    {
        foreach (var (phrase, words) in Phrases)
            text = Replaced(text, phrase, words);
        return text;
    }

    /// <summary>A word and what it may be called, with how much that counts.</summary>
    public static IReadOnlyList<(string Word, double Share)> Of(string word)
        => [(word, 1.0), .. Table.GetValueOrDefault(word, []).Select(other => (other, Share))];

    /// <summary>Whole words only: "even up" is not in "seven uploads".</summary>
    private static string Replaced(string text, string phrase, string words)
    {
        var from = 0;
        for (int at; (at = text.IndexOf(phrase, from, StringComparison.Ordinal)) >= 0;)
        {
            var end = at + phrase.Length;
            var isWhole = (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]));
            if (isWhole)
                text = string.Concat(text.AsSpan(0, at), words, text.AsSpan(end));
            from = isWhole ? at + words.Length : at + 1;
        }

        return text;
    }

    private static IEnumerable<string> Read()
    {
        using var lines = new StreamReader(typeof(Synonyms).Assembly.GetManifestResourceStream("synonyms.txt")!);
        while (lines.ReadLine() is { } line)
            yield return line;
    }
}
