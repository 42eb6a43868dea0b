using System.Text;

namespace Sallyport.Connectors.Defender.Kql;

/// <summary>Refuses a hunting query that would do more than read, before anything is sent.</summary>
/// <remarks>Defence in depth: the real control is the read-only permission of the application.</remarks>
internal static class KqlGuard
{
    public const int MaxRunes = 10_000;

    private const string OnlyReads = "only read-only hunting queries are supported";

    /// <summary>Null when the query may be sent; else why not, in words that quote nothing of it.</summary>
    /// <param name="allowEgress">An operator's choice: functions that fetch from other services are let through.</param>
    public static string? Check(string query, bool allowEgress)
    {
        if (query.EnumerateRunes().Count() > MaxRunes)
            return $"must have at most {MaxRunes} characters";
        if (query.AsSpan().Trim().IsEmpty)
            return "must hold a query";
        if (!KqlLexer.TryRead(query, out var tokens, out var problem))
            return $"{problem}; {OnlyReads}";
        if (tokens.Count == 0)
            return "must hold a query, not only comments";
        for (var i = 0; i < tokens.Count; i++)
        {
            var found = Statement(tokens, i) ?? Imitation(tokens, i) ?? Verb(tokens, i) ?? (allowEgress ? null : Egress(tokens, i) ?? Plugin(tokens, i)) ?? Option(tokens, i);
            if (found is not null)
                return $"{found}; {OnlyReads}";
        }

        return KqlBounds.Check(tokens);
    }

    /// <summary>A statement that begins with a dot or a hash is a command to the engine.</summary>
    private static string? Statement(IReadOnlyList<KqlToken> tokens, int i)
    {
        if (i > 0 && !tokens[i - 1].IsSymbol(";"))
            return null;
        var isCommand = tokens[i].IsSymbol("#")
            || (tokens[i].IsSymbol(".") && i + 1 < tokens.Count && tokens[i + 1].Kind == KqlTokenKind.Word);
        return isCommand ? "a statement begins with a management command" : null;
    }

    /// <summary>
    /// What KQL calls is named in ASCII: any other letter in the name of a function, plug-in, command or option can only
    /// imitate one.
    /// </summary>
    private static string? Imitation(IReadOnlyList<KqlToken> tokens, int i)
    {
        if (tokens[i].Kind != KqlTokenKind.Word || Ascii.IsValid(tokens[i].Text))
            return null;
        var isCalled = i + 1 < tokens.Count && tokens[i + 1].IsSymbol("(");
        var isNamed = i > 0 && (tokens[i - 1].IsWord("evaluate") || tokens[i - 1].IsWord("set") || (tokens[i - 1].IsSymbol(".") && !IsMember(tokens, i - 1)));
        return isCalled || isNamed ? "a function, plug-in or command is named with letters that imitate others" : null;
    }

    /// <summary>A verb after a dot that is no member access.</summary>
    private static string? Verb(IReadOnlyList<KqlToken> tokens, int i)
    {
        if (!tokens[i].IsSymbol(".") || i + 1 >= tokens.Count)
            return null;
        var (verb, next) = Hyphenated(tokens, i + 1);
        if (verb is null || !KqlWords.Verbs.TryGetValue(verb, out var known))
            return null;
        var isCommand = !IsMember(tokens, i) || (!tokens[i - 1].Touches(tokens[i]) && Hyphenated(tokens, next).Word is { } noun && KqlWords.Nouns.Contains(noun));
        return isCommand ? $"the management verb '.{known}' is not allowed" : null;
    }

    private static bool IsMember(IReadOnlyList<KqlToken> tokens, int dot)
        => dot > 0 && (tokens[dot - 1].Kind != KqlTokenKind.Symbol || tokens[dot - 1].Text is ")" or "]");

    private static string? Egress(IReadOnlyList<KqlToken> tokens, int i)
    {
        if (Name(tokens, i, out var next) is not { } name || next >= tokens.Count || !tokens[next].IsSymbol("("))
            return null;
        return KqlWords.Egress.TryGetValue(name, out var known) ? $"'{known}' reaches other services and is not allowed" : null;
    }

    private static string? Plugin(IReadOnlyList<KqlToken> tokens, int i)
    {
        if (!tokens[i].IsWord("evaluate"))
            return null;
        var at = i + 1;
        while (at + 4 < tokens.Count && tokens[at].IsWord("hint") && tokens[at + 1].IsSymbol("."))
            at += 5;
        return at < tokens.Count && Name(tokens, at, out _) is { } name && KqlWords.Plugins.TryGetValue(name, out var known)
            ? $"the plug-in '{known}' reaches other services and is not allowed"
            : null;
    }

    private static string? Option(IReadOnlyList<KqlToken> tokens, int i)
    {
        if (!tokens[i].IsWord("set") || (i > 0 && !tokens[i - 1].IsSymbol(";")) || i + 1 >= tokens.Count)
            return null;
        return KqlWords.Unbounding.TryGetValue(tokens[i + 1].Text, out var known)
            ? $"the option '{known}' lifts the engine's limits and is not allowed"
            : null;
    }

    /// <summary>A name as written, or in brackets and quotes.</summary>
    private static string? Name(IReadOnlyList<KqlToken> tokens, int i, out int next)
    {
        next = i + 1;
        if (tokens[i].Kind == KqlTokenKind.Word)
            return tokens[i].Text;
        if (!tokens[i].IsSymbol("[") || i + 2 >= tokens.Count || tokens[i + 1].Kind != KqlTokenKind.String || !tokens[i + 2].IsSymbol("]"))
            return null;
        next = i + 3;
        return tokens[i + 1].Text.Trim();
    }

    /// <summary>A word with the words that are joined to it by hyphens, and where the next token is.</summary>
    private static (string? Word, int Next) Hyphenated(IReadOnlyList<KqlToken> tokens, int i)
    {
        if (i >= tokens.Count || tokens[i].Kind != KqlTokenKind.Word)
            return (null, i);
        var word = tokens[i].Text;
        var at = i + 1;
        while (at + 1 < tokens.Count && tokens[at].IsSymbol("-") && tokens[at + 1].Kind == KqlTokenKind.Word
            && tokens[at - 1].Touches(tokens[at]) && tokens[at].Touches(tokens[at + 1]))
        {
            word += "-" + tokens[at + 1].Text;
            at += 2;
        }

        return (word, at);
    }
}
