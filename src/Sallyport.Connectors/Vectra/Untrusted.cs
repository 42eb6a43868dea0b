namespace Sallyport.Connectors.Vectra;

/// <summary>Members in which a stranger may have written: what attackers name, send or host, and what people note.</summary>
internal static class Untrusted
{
    public static IReadOnlyList<string> Members { get; } =
    [
        "name", "note", "notes", "description", "summary", "detection_summary", "grouped_details", "reason", "custom_detection",
        "tags", "host_artifact_set", "ldap", "probable_owner", "campaign_summaries",
    ];
}
