namespace Sallyport.Gateway.Audit.Ocsf;

/// <summary>What a record is about in the activities of OCSF's API Activity: create, read, update, delete, or something else.</summary>
/// <param name="Id">The activity's id; 99 is for what OCSF has no word for, and 0 for what is not known.</param>
/// <param name="Name">The activity's name; our own for 99.</param>
internal sealed record OcsfActivity(int Id, string Name)
{
    private const int Other = 99;

    /// <summary>The name that the schema gives to the id.</summary>
    public string Caption => Id == Other ? "Other" : Name;

    public static OcsfActivity Of(AuditEntry entry) => (entry.Event, entry.Access) switch
    {
        ("open" or "close", "read") => new OcsfActivity(2, "Read"),
        ("open" or "close", "write") => OfWrite(entry.Tool),
        ("open" or "close", _) => new OcsfActivity(0, "Unknown"),
        ("decision", _) => new OcsfActivity(Other, "Approval decision"),
        ("start", _) => new OcsfActivity(Other, "Audit start"),
        ("gap", _) => new OcsfActivity(Other, "Audit gap"),
        _ => new OcsfActivity(Other, "Audit checkpoint"),
    };

    /// <summary>Success, failure, or held; none while a call runs.</summary>
    public static (int Id, string Caption)? StatusOf(AuditEntry entry) => (entry.Event, entry.Outcome) switch
    {
        ("open", _) => null,
        ("close", "succeeded") or ("decision", _) => (1, "Success"),
        ("close", "held") => (Other, "Held"),
        ("close", _) or ("gap", _) => (2, "Failure"),
        _ => AuditSeverity.Of(entry) == AuditSeverity.Critical ? (2, "Failure") : (1, "Success"),
    };

    /// <summary>A tool is named platform_resource_verb; the verb tells what its write does.</summary>
    private static OcsfActivity OfWrite(string? tool) => tool?[(tool.LastIndexOf('_') + 1)..] switch
    {
        "create" or "add" or "import" or "reimport" or "generate" => new OcsfActivity(1, "Create"),
        "delete" or "remove" or "purge" => new OcsfActivity(4, "Delete"),
        _ => new OcsfActivity(3, "Update"),
    };
}
