namespace Sallyport.Connectors.Vectra;

/// <summary>Members in which a stranger may have written: what attackers name, send or host, and what people note.</summary>
internal static class Untrusted
{
    public static IReadOnlyList<string> Members { get; } =
    [
        "note", "notes", "description", "summary", "detection_summary", "grouped_details", "reason", "custom_detection",
        "name", "tags", "groups", "host_artifact_set", "ldap", "probable_owner", "src_host", "src_account",
        "campaign_summaries", "detection_summaries", "associated_accounts", "label",
    ];
}
