using System.Text.RegularExpressions;

namespace Sallyport.Connectors.Network.Nmap.Scripts;

/// <summary>The only forms in which a script may be asked for: a name, a category word, or one of three patterns.</summary>
internal static partial class ScriptName
{
    /// <summary>Expand to the scripts of that name that check for one vulnerability each.</summary>
    public static IReadOnlyList<string> Patterns { get; } = ["http-vuln-*", "smb-vuln-*", "smtp-vuln-*"];

    /// <summary>A path would run any Lua file, an expression could select more than was looked at.</summary>
    public static bool IsToken(string text) => Name().IsMatch(text) || Patterns.Contains(text);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,63}\z")]
    private static partial Regex Name();
}
