using System.Collections.Frozen;
using Sallyport.Core;
using Sallyport.Core.Schemas;

namespace Sallyport.Connectors.Network.Nmap.Scripts;

/// <summary>Expands what a caller asks for to explicit script names and says whether they only observe.</summary>
/// <remarks>
/// nmap's own words cannot be passed on: its category <c>safe</c> holds scripts that talk to third parties, to neighbours that
/// were never a target, and some that it also calls intrusive.
/// </remarks>
internal sealed class ScriptPolicy(ScriptIndex index)
{
    private const int MaxTokens = 32;

    private static readonly FrozenSet<string> ObserveCategories = Set("safe", "default", "discovery", "version");
    private static readonly FrozenSet<string> IntrusiveCategories = Set("vuln", "exploit", "intrusive", "brute", "dos");

    private static readonly FrozenSet<string> NotObserving =
        Set("intrusive", "exploit", "dos", "brute", "vuln", "malware", "fuzzer", "external", "broadcast");

    /// <summary>Harm a service, or reach beyond the target: refused even where intrusive scans are allowed.</summary>
    private static readonly FrozenSet<string> NeverCategories = Set("dos", "external", "broadcast");

    /// <summary>Explicit names in alphabetical order, and whether any of them is intrusive.</summary>
    public (IReadOnlyList<string> Names, bool IsIntrusive) Select(IReadOnlyList<string> tokens)
    {
        if (tokens.Count > MaxTokens) throw new InvalidArgumentsException($"At most {MaxTokens} scripts or categories can be asked for at once.");
        var names = tokens.SelectMany(Expand).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return (names, names.Exists(name => !IsObserving(name)));
    }

    private IEnumerable<string> Expand(string token)
    {
        if (!ScriptName.IsToken(token))
            throw new InvalidArgumentsException("A script is asked for by its name or category; no path, no wildcard, no expression.");
        if (ObserveCategories.Contains(token)) return index.In(token).Where(IsObserving);
        if (IntrusiveCategories.Contains(token)) return NotEmpty(token, index.In(token).Where(name => !IsNever(name)));
        if (ScriptName.Patterns.Contains(token))
            return NotEmpty(token, index.Names.Where(name => name.StartsWith(token[..^1], StringComparison.Ordinal) && !IsNever(name)));
        return [Known(token)];
    }

    private string Known(string name)
    {
        if (!index.Has(name)) throw new InvalidArgumentsException($"The script '{name}' {Suggestion.For(name, index.Names)}.");
        return !IsNever(name) ? name : throw new InvalidArgumentsException(
            $"The script '{name}' is never run: it can stop a service, talks to third parties or neighbours, or acts before a target is known.");
    }

    private bool IsObserving(string name)
        => index.IsInAny(name, ObserveCategories) && !index.IsInAny(name, NotObserving) && !index.HasPreRule(name);

    private bool IsNever(string name) => index.IsInAny(name, NeverCategories) || index.HasPreRule(name);

    private static List<string> NotEmpty(string token, IEnumerable<string> names)
        => names.ToList() is { Count: > 0 } found ? found : throw new InvalidArgumentsException($"No script of '{token}' may be run.");

    private static FrozenSet<string> Set(params string[] words) => words.ToFrozenSet(StringComparer.Ordinal);
}
