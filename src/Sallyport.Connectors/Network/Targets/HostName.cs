using System.Text.RegularExpressions;

namespace Sallyport.Connectors.Network.Targets;

/// <summary>The spelling of a DNS name that allow-lists are compared with: lower case, no trailing dot.</summary>
internal static partial class HostName
{
    /// <summary>Longest name in characters, RFC 1035 without the root dot.</summary>
    private const int MaxLength = 253;

    /// <summary>Letters, digits and inner hyphens only. A last label without a letter could be read as part of an address.</summary>
    public static bool TryNormalise(string text, out string name) => TryNormalise(text, Labels(), out name);

    /// <summary>The same for names that are only looked up, where a label may begin with an underscore (<c>_ldap._tcp</c>).</summary>
    public static bool TryNormaliseRecord(string text, out string name) => TryNormalise(text, RecordLabels(), out name);

    private static bool TryNormalise(string text, Regex labels, out string name)
    {
        name = text.EndsWith('.') ? text[..^1] : text;
        name = name.ToLowerInvariant();
        // ASCII before lower case: some letters of other scripts become ASCII when lowered (the Kelvin sign).
        return name.Length is > 0 and <= MaxLength && text.All(char.IsAscii) && labels.IsMatch(name);
    }

    [GeneratedRegex(@"\A([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*(?=[0-9-]*[a-z])[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex Labels();

    [GeneratedRegex(@"\A(_?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*(?=_?[0-9-]*[a-z])_?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex RecordLabels();
}
