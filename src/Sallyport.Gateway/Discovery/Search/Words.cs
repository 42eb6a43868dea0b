namespace Sallyport.Gateway.Discovery.Search;

/// <summary>Text as the words it is made of, cut down so that <c>isolating</c>, <c>isolated</c> and <c>isolate</c> are one.</summary>
internal static class Words
{
    private const int LongestWord = 40;

    /// <summary>Words that say nothing about which tool is meant.</summary>
    private static readonly HashSet<string> Empty =
    [
        .. "a an the this that these those it its of for to in on at by with from into as and or not but if then than so is are was were be been being am do does did has have had can could will would should may might must i me my we us our you your he she they them their his her who whom what when where why how which there here please give show tell want need let get got see look find out up off down about any some all every each other more most one ones just now still ever again also only very really me's what's who's us to us use used using via per vs s t".Split(' '),
    ];

    /// <summary>Every word that means something, in order, repeated as often as it occurs.</summary>
    public static IEnumerable<string> Of(string text)
    {
        for (int at = 0, start = 0; at <= text.Length; at++)
        {
            if (at < text.Length && char.IsLetterOrDigit(text[at]) && !IsNewWord(text, at, start))
                continue;
            if (at > start && Reduce(text.AsSpan(start, at - start)) is { } word)
                yield return word;
            start = at < text.Length && char.IsLetterOrDigit(text[at]) ? at : at + 1;
        }
    }

    /// <summary>One word cut down; null when it means nothing by itself.</summary>
    public static string? Reduce(ReadOnlySpan<char> word)
    {
        if (word.Length > LongestWord)
            return null;
        var lower = word.ToString().ToLowerInvariant();
        return Empty.Contains(lower) ? null : Stem(lower);
    }

    /// <summary>A capital inside a name begins a word: <c>deviceUuid</c>.</summary>
    private static bool IsNewWord(string text, int at, int start) => at > start && char.IsUpper(text[at]) && char.IsLower(text[at - 1]);

    private static string Stem(string word)
    {
        if (word.Length <= 3)
            return word;
        word = Singular(word);
        foreach (var ending in new[] { "ing", "ion", "ed", "ment", "er" })
        {
            if (word.EndsWith(ending, StringComparison.Ordinal) && word.Length - ending.Length >= 3)
            {
                word = Undouble(word[..^ending.Length]);
                break;
            }
        }

        return word.Length > 3 && word[^1] == 'e' ? word[..^1] : word;
    }

    private static string Singular(string word)
    {
        if (word.EndsWith("ies", StringComparison.Ordinal))
            return word[..^3] + "y";
        if (word.EndsWith("xes", StringComparison.Ordinal) || word.EndsWith("ches", StringComparison.Ordinal) || word.EndsWith("shes", StringComparison.Ordinal) || word.EndsWith("sses", StringComparison.Ordinal))
            return word[..^2];
        return word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') ? word[..^1] : word;
    }

    /// <summary><c>scanning</c> is <c>scan</c>, but <c>calling</c> and <c>passing</c> keep their pair.</summary>
    private static string Undouble(string word)
        => word.Length > 3 && word[^1] == word[^2] && word[^1] is not ('l' or 's') ? word[..^1] : word;
}
