namespace Sallyport.Connectors.Defender.Kql;

/// <summary>Refuses a query that asks for everything: a table as it stands, or all tables at once.</summary>
internal static class KqlBounds
{
    private const int MaxAliases = 8;

    public static string? Check(IReadOnlyList<KqlToken> tokens)
    {
        var statements = Split(tokens);
        if (statements.Count == 0 || IsLet(statements[^1]))
            return "the query must end with a statement that returns rows";
        if (statements.Exists(NamesEverything))
            return "the query's output is unbounded: it reads every table; name the tables";
        return IsWholeTable(statements, statements[^1], MaxAliases)
            ? "the query's output is unbounded: it returns a whole table; add a filter, a summary or '| take 100'"
            : null;
    }

    private static List<KqlToken[]> Split(IReadOnlyList<KqlToken> tokens)
    {
        List<KqlToken[]> statements = [];
        List<KqlToken> current = [];
        foreach (var token in tokens)
        {
            if (!token.IsSymbol(";"))
            {
                current.Add(token);
                continue;
            }

            if (current.Count > 0)
                statements.Add([.. current]);
            current.Clear();
        }

        if (current.Count > 0)
            statements.Add([.. current]);
        return statements;
    }

    private static bool IsLet(KqlToken[] statement) => statement[0].IsWord("let") && statement.Length > 1 && statement[1].Kind == KqlTokenKind.Word;

    /// <summary><c>union *</c>, <c>search *</c> and <c>find in (*)</c>; <c>search in (T) "x"</c> names its tables.</summary>
    private static bool NamesEverything(KqlToken[] statement)
    {
        for (var i = 0; i + 1 < statement.Length; i++)
        {
            var isOperator = i == 0 || statement[i - 1].Text is "=" or "|" or "(" or "," or "{";
            if (isOperator && (statement[i].IsWord("union") || statement[i].IsWord("search") || statement[i].IsWord("find")) && ReadsAll(statement, i))
                return true;
        }

        return false;
    }

    /// <summary>Looks for a lone star among the operator's own tables, not in what those in parentheses do with their columns.</summary>
    private static bool ReadsAll(KqlToken[] statement, int word)
    {
        var depth = 0;
        for (var at = word + 1; at < statement.Length && depth >= 0; at++)
        {
            var token = statement[at];
            if (token.IsSymbol("(") || token.IsSymbol(")"))
                depth += token.Text == "(" ? 1 : -1;
            else if (token.IsSymbol("|") && depth == 0)
                return false;
            else if (token.IsSymbol("*") && depth <= (statement[word].IsWord("union") ? 0 : 1)
                && (at == word + 1 || statement[at - 1].Text is "," or "(" || IsOptionValue(statement, at - 1)))
                return true;
        }

        return false;
    }

    /// <summary>The value in <c>kind=outer</c> or <c>isfuzzy=true</c> before a union's tables.</summary>
    private static bool IsOptionValue(KqlToken[] statement, int at) => at >= 2 && statement[at - 1].IsSymbol("=") && statement[at].Kind == KqlTokenKind.Word;

    private static bool IsWholeTable(List<KqlToken[]> statements, KqlToken[] expression, int depth)
    {
        while (expression.Length > 2 && expression[0].IsSymbol("(") && expression[^1].IsSymbol(")"))
            expression = expression[1..^1];
        if (depth == 0)
            return true;
        if (expression.Length != 1 || expression[0].Kind != KqlTokenKind.Word)
            return false;
        var binding = statements.FindLast(statement => IsLet(statement) && statement[1].Text == expression[0].Text && statement.Length > 3 && statement[2].IsSymbol("="));
        return binding is null || IsWholeTable(statements.GetRange(0, statements.IndexOf(binding)), binding[3..], depth - 1);
    }
}
