using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Sallyport.Connectors.Network.Nmap.Scripts;

/// <summary>The scripts that the installed nmap has, with the categories nmap itself puts them in.</summary>
internal sealed partial class ScriptIndex
{
    public const string DatabaseName = "script.db";

    private readonly FrozenDictionary<string, FrozenSet<string>> _categories;
    private readonly Func<string, bool> _hasPreRule;
    private readonly ConcurrentDictionary<string, bool> _preRules = new(StringComparer.Ordinal);

    private ScriptIndex(FrozenDictionary<string, FrozenSet<string>> categories, Func<string, bool> hasPreRule)
        => (_categories, _hasPreRule) = (categories, hasPreRule);

    public IEnumerable<string> Names => _categories.Keys;

    /// <summary>Reads nmap's <c>script.db</c>: one <c>Entry { filename = "x.nse", categories = { "a", "b", } }</c> per script.</summary>
    /// <param name="hasPreRule">Whether a script acts before any target is known.</param>
    public static ScriptIndex Parse(string text, Func<string, bool> hasPreRule) => new(
        Entry().Matches(text).ToFrozenDictionary(
            entry => entry.Groups["name"].Value,
            entry => Word().Matches(entry.Groups["categories"].Value).Select(word => word.Groups[1].Value).ToFrozenSet(StringComparer.Ordinal),
            StringComparer.Ordinal),
        hasPreRule);

    /// <summary>The index and the scripts beside it; null when this nmap has none.</summary>
    public static ScriptIndex? Load(string scriptsDirectory)
    {
        var database = Path.Combine(scriptsDirectory, DatabaseName);
        return File.Exists(database)
            ? Parse(File.ReadAllText(database), name => HasPreRule(scriptsDirectory, name))
            : null;
    }

    public bool Has(string name) => _categories.ContainsKey(name);

    public IEnumerable<string> In(string category) => _categories.Where(script => script.Value.Contains(category)).Select(script => script.Key);

    public bool IsInAny(string name, FrozenSet<string> categories) => _categories[name].Overlaps(categories);

    public bool HasPreRule(string name) => _preRules.GetOrAdd(name, _hasPreRule);

    /// <summary>A script that cannot be read counts as one that has a pre-rule: it is not run.</summary>
    private static bool HasPreRule(string scriptsDirectory, string name)
    {
        var file = Path.Combine(scriptsDirectory, name + ".nse");
        return !File.Exists(file) || PreRule().IsMatch(File.ReadAllText(file));
    }

    [GeneratedRegex("""filename\s*=\s*"(?<name>[A-Za-z0-9_.-]+)\.nse"\s*,\s*categories\s*=\s*\{(?<categories>[^}]*)\}""")]
    private static partial Regex Entry();

    [GeneratedRegex("\"([a-z]+)\"")]
    private static partial Regex Word();

    [GeneratedRegex(@"^\s*(local\s+)?prerule\s*=|\bfunction\s+prerule\b", RegexOptions.Multiline)]
    private static partial Regex PreRule();
}
