namespace Sallyport.Connectors.Defender.Alerts;

/// <summary>Translates between the words callers use, which are the older interface's, and those of Graph.</summary>
internal static class Vocabulary
{
    /// <summary><c>InProgress</c> becomes <c>inProgress</c>.</summary>
    public static string ToGraph(string word) => char.ToLowerInvariant(word[0]) + word[1..];

    /// <summary><c>inProgress</c> becomes <c>InProgress</c>; words that are not known pass through in the same form.</summary>
    public static string? ToCaller(string? word) => word switch
    {
        null or "" => word,
        "UnSpecified" => "Unknown",
        _ => char.ToUpperInvariant(word[0]) + word[1..],
    };

    /// <summary>Links for people are shown without their query, which names the directory.</summary>
    public static string? Link(string? url)
        => Uri.TryCreate(url, UriKind.Absolute, out var link) && link.Scheme == Uri.UriSchemeHttps ? link.GetLeftPart(UriPartial.Path) : null;
}
