namespace Sallyport.Connectors.Vectra.Access;

/// <summary>Everything in which one version of the API differs from another.</summary>
/// <remarks>
/// The cloud platform (v3 to v3.4) counts hosts and accounts together as entities. An appliance (v2.5) has no entities:
/// hosts and accounts are listed and annotated under their own paths, and a personal API token can take the place of a client.
/// </remarks>
internal sealed class VectraApi(string version)
{
    public const string Appliance = "v2.5";
    private const string Newest = "v3.4";

    public bool IsAppliance => version == Appliance;

    public string Root => $"api/{version}/";

    /// <summary>From v3.4 roles are named as the filter names them; before, as the portal shows them.</summary>
    public string Role(string standardName) => version == Newest ? standardName : standardName switch
    {
        "admins" => "Admin",
        "auditor" => "Auditor",
        "global_analyst" => "Global Analyst",
        "read_only" => "Read-Only",
        "restricted_admins" => "Restricted Admin",
        "security_analyst" => "Security Analyst",
        "setting_admins" => "Settings Admin",
        "super_admins" => "Super Admin",
        _ => standardName,
    };

    /// <summary>The list that holds entities of a kind; the kind is then in the path or in a parameter.</summary>
    public VectraQuery Entities(string? kind) => IsAppliance
        ? new VectraQuery(kind == "account" ? "accounts" : "hosts")
        : new VectraQuery("entities").With("type", kind);

    public VectraQuery EntityNotes(string kind, long id) => IsAppliance
        ? new VectraQuery($"{kind}s/{id}/notes")
        : new VectraQuery($"entities/{id}/notes").With("type", kind);

    /// <summary>The detections of one entity; an appliance knows only whose kind of id it is.</summary>
    public VectraQuery EntityDetections(string? kind, long id) => IsAppliance && kind is not null
        ? new VectraQuery("detections").With(kind == "host" ? "host_id" : "src_account", id)
        : new VectraQuery("detections").With("entity_id", id);
}
