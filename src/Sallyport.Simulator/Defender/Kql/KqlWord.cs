using System.Globalization;
using System.Text;

namespace Sallyport.Simulator.Defender.Kql;

/// <summary>What a piece of a query is.</summary>
internal enum WordKind
{
    Name, Number, Text, Sign, End,
}

/// <summary>One piece of a query; texts without quotes and escapes.</summary>
internal readonly record struct KqlWord(WordKind Kind, string Text)
{
    private const string Operators = "== != <= >= =~ !~ ..";

    public static List<KqlWord> Split(string query)
    {
        var words = new List<KqlWord>();
        for (var at = 0; at < query.Length;)
        {
            if (char.IsWhiteSpace(query[at]))
                at++;
            else if (query.AsSpan(at).StartsWith("//"))
                at = query.IndexOf('\n', at) is var end and >= 0 ? end : query.Length;
            else
                words.Add(Next(query, ref at));
        }
        words.Add(new(WordKind.End, "end of query"));
        return words;
    }

    private static KqlWord Next(string query, ref int at)
    {
        var isVerbatim = query[at] == '@' && at + 1 < query.Length && query[at + 1] is '"' or '\'';
        if (isVerbatim || query[at] is '"' or '\'')
            return ReadText(query, ref at, isVerbatim);
        var start = at;
        if (char.IsAsciiDigit(query[at]))
        {
            while (at < query.Length && (char.IsAsciiLetterOrDigit(query[at]) || (query[at] == '.' && at + 1 < query.Length && char.IsAsciiDigit(query[at + 1]))))
                at++;
            return new(WordKind.Number, query[start..at]);
        }
        if (char.IsLetter(query[at]) || query[at] == '_' || (query[at] == '!' && at + 1 < query.Length && char.IsLetter(query[at + 1])))
        {
            at++;
            while (at < query.Length && (char.IsLetterOrDigit(query[at]) || query[at] == '_'))
                at++;
            if (at < query.Length && query[at] == '~' && query[start..at] is "in" or "!in")
                at++;
            return new(WordKind.Name, query[start..at]);
        }
        var pair = at + 1 < query.Length ? query.Substring(at, 2) : "";
        at += pair.Length == 2 && Operators.Contains(pair, StringComparison.Ordinal) && !pair.Contains(' ', StringComparison.Ordinal) ? 2 : 1;
        return new(WordKind.Sign, query[start..at]);
    }

    private static KqlWord ReadText(string query, ref int at, bool isVerbatim)
    {
        at += isVerbatim ? 1 : 0;
        var quote = query[at++];
        var text = new StringBuilder();
        for (; at < query.Length; at++)
        {
            if (query[at] == quote && !(isVerbatim && at + 1 < query.Length && query[at + 1] == quote))
            {
                at++;
                return new(WordKind.Text, text.ToString());
            }
            if (query[at] == quote)
                at++;
            if (!isVerbatim && query[at] == '\\' && at + 1 < query.Length)
                text.Append(Escape(query, ref at));
            else
                text.Append(query[at]);
        }
        throw new KqlRefusal("Syntax error: a string literal is not terminated.");
    }

    private static char Escape(string query, ref int at) => query[++at] switch
    {
        'n' => '\n',
        't' => '\t',
        'u' when at + 4 < query.Length && ushort.TryParse(query.AsSpan(at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var unit) => Unit(ref at, unit),
        var other => other,
    };

    private static char Unit(ref int at, ushort unit)
    {
        at += 4;
        return (char)unit;
    }
}
