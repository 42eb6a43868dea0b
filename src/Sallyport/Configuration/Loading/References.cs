using System.Text;
using System.Text.RegularExpressions;
using Sallyport.Core.Settings;

namespace Sallyport.Configuration.Loading;

/// <summary>Puts what <c>${env:NAME}</c> and <c>${file:/path}</c> stand for in their place; <c>$${</c> is a literal <c>${</c>.</summary>
internal sealed partial class References(VariableSource variables, string directory)
{
    private readonly HashSet<string> _variablesUsed = new(StringComparer.Ordinal);

    /// <summary>Variables that some setting refers to, which are therefore no settings of their own.</summary>
    public IReadOnlySet<string> VariablesUsed => _variablesUsed;

    public static bool IsIn(string text) => text.Contains("${", StringComparison.Ordinal);

    /// <summary>The text with its references resolved. Problems name the variable or file, never a value.</summary>
    public ResolvedText Resolve(string text)
    {
        var result = new StringBuilder(text.Length);
        var resolved = new ResolvedText("");
        var copied = 0;
        foreach (Match match in Reference().Matches(text))
        {
            result.Append(text, copied, match.Index - copied);
            copied = match.Index + match.Length;
            if (match.Value == "$${")
            {
                result.Append("${");
                continue;
            }

            var (kind, name) = (match.Groups["kind"].Value, match.Groups["name"].Value);
            resolved = (kind, name.Length) switch
            {
                ("env", > 0) => Variable(name, result, resolved),
                ("file", > 0) => Contents(name, result, resolved),
                _ => resolved with { Problem = "only ${env:NAME} and ${file:/path} are known; write $${ for a literal ${" },
            };
            if (resolved.Problem is not null)
                return resolved;
        }

        result.Append(text, copied, text.Length - copied);
        return resolved with { Text = result.ToString() };
    }

    private ResolvedText Variable(string name, StringBuilder result, ResolvedText so)
    {
        _variablesUsed.Add(name);
        if (variables.Find(name) is not { } found)
            return so with { Problem = $"refers to the variable {name}, which is not set; set it, or change ${{env:{name}}}" };
        result.Append(found.Value);
        return so with { From = $"${{env:{name}}}", IsFromDotEnv = so.IsFromDotEnv || found.Kind == OriginKind.DotEnv };
    }

    private ResolvedText Contents(string name, StringBuilder result, ResolvedText so)
    {
        if (PrivateFile.TryRead(Path.Combine(directory, name), out var problem) is not { } file)
            return so with { Problem = $"refers to a file that cannot be used: {problem}" };
        if (file.Exposure is { } exposure)
            return so with { Problem = exposure };
        result.Append(file.Text.TrimEnd('\r', '\n'));
        return so with { From = $"${{file:{name}}}" };
    }

    [GeneratedRegex(@"\$\$\{|\$\{((?<kind>[a-z]+):(?<name>[^}]*))?\}?")]
    private static partial Regex Reference();
}

/// <summary>A value with its references resolved, or why it could not be.</summary>
internal sealed record ResolvedText(string Text)
{
    public string? Problem { get; init; }

    /// <summary>The last reference in it, as written.</summary>
    public string? From { get; init; }

    public bool IsFromDotEnv { get; init; }

    public override string ToString() => From ?? "";
}
