using System.Text;

namespace Sallyport.Configuration.Loading;

/// <summary>
/// Reads a .env file: NAME=value lines, an optional 'export', quotes, comments. Nothing in it is expanded or executed, and a line
/// that is none of these is an error, because a secret that is silently cut short is worse.
/// </summary>
internal static class DotEnvFile
{
    public static IReadOnlyDictionary<string, string> Read(string text, string name, List<SettingsProblem> problems)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var raw in text.EnumerateLines())
        {
            number++;
            var line = raw.Trim();
            if (line.IsEmpty || line[0] == '#')
                continue;
            if (line.StartsWith("export "))
                line = line[7..].TrimStart();
            var problem = Line(line, variables);
            if (problem is not null)
                problems.Add(new SettingsProblem("", problem, new Origin(OriginKind.DotEnv, $"{name}:{number}")));
        }

        return variables;
    }

    private static string? Line(ReadOnlySpan<char> line, Dictionary<string, string> variables)
    {
        var equals = line.IndexOf('=');
        if (equals < 1 || !IsName(line[..equals].TrimEnd()))
            return "expected NAME=value";
        var name = line[..equals].TrimEnd().ToString();
        if (Value(line[(equals + 1)..].TrimStart()) is not { } value)
            return $"the value of {name} has no closing quote, or text after it";
        return variables.TryAdd(name, value) ? null : $"{name} is given twice; keep one";
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
                return false;
        }

        return !char.IsAsciiDigit(name[0]);
    }

    private static string? Value(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] is not ('"' or '\''))
        {
            var comment = text.IndexOf(" #");
            return (comment < 0 ? text : text[..comment]).TrimEnd().ToString();
        }

        var quote = text[0];
        var value = new StringBuilder();
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == quote)
                return IsNothing(text[(i + 1)..]) ? value.ToString() : null;
            if (quote == '"' && text[i] == '\\' && i + 1 < text.Length)
                value.Append(text[++i] switch { 'n' => '\n', 't' => '\t', var other => other });
            else
                value.Append(text[i]);
        }

        return null;
    }

    private static bool IsNothing(ReadOnlySpan<char> rest) => rest.TrimStart() is [] or ['#', ..];
}
