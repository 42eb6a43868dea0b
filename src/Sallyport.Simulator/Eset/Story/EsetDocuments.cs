using System.Text.Json.Nodes;
using Sallyport.Simulator.World;

namespace Sallyport.Simulator.Eset.Story;

/// <summary>Small lists that a customer keeps in ESET, with a few entries to begin with.</summary>
internal sealed class EsetDocuments
{
    public EsetDocuments(EsetStory story)
    {
        Root = story.Id(0);
        Groups = new(story, "uuid",
        [
            Group(story.Id(0), null, "All"), Group(story.Id(1), story.Id(0), "Clients"), Group(story.Id(2), story.Id(0), "Servers"), Group(story.Id(3), story.Id(0), "Things"),
        ]);
        Policies = new(story, "uuid",
        [
            Policy(story.Id(10), "Antivirus - Balanced", isBuiltIn: true), Policy(story.Id(11), "Firewall - Servers", isBuiltIn: false), Policy(story.Id(12), "Web control - Finance", isBuiltIn: false),
        ]);
        Assignments = new(story, "uuid",
        [
            Assignment(story.Id(15), story.Id(10), story.Id(0), 1), Assignment(story.Id(16), story.Id(11), story.Id(2), 1),
        ]);
        IpSets = new(story, "uuid",
        [
            new JsonObject { ["uuid"] = story.Id(20).ToString(), ["displayName"] = "Trusted zone", ["description"] = "Office networks", ["ipAddresses"] = new JsonArray("10.1.0.0/16", "10.20.0.0/16"), ["builtIn"] = false, ["readOnly"] = false },
        ]);
        WebRules = new(story, "uuid", [new JsonObject { ["uuid"] = story.Id(25).ToString(), ["domains"] = new JsonArray(Cast.BeaconDomain) }]);
        Tasks = new(story, "uuid", [Task(story)]);
        Rules = new(story, "uuid",
        [
            Rule(story, 40, "Script interpreter started by a mail client", "SEVERITY_LEVEL_HIGH"), Rule(story, 41, "DNS requests of unusual length", "SEVERITY_LEVEL_MEDIUM"),
        ]);
        Exclusions = new(story, "uuid",
        [
            new JsonObject
            {
                ["uuid"] = story.Id(45).ToString(), ["displayName"] = "Backup agent", ["enabled"] = true, ["note"] = "Reads many files by design.",
                ["ruleUuids"] = new JsonArray(story.Id(40).ToString()), ["scopes"] = new JsonArray(), ["xmlDefinition"] = "<definition/>", ["authorUuid"] = story.Id(90).ToString(), ["editorUuid"] = story.Id(90).ToString(),
            },
        ]);
        Installers = new(story, "uuid", [Installer(story)]);
        Roles = new(story, "name", [new JsonObject { ["name"] = "security.viewer", ["displayName"] = "Viewer", ["description"] = "Sees everything", ["permissionNames"] = new JsonArray("devices.read") }]);
        RoleAssignments = new(story, "subjectReference",
        [
            new JsonObject { ["subjectReference"] = story.World.User(Cast.Administrator).Id.ToString(), ["subjectType"] = "SUBJECT_TYPE_USER", ["roles"] = new JsonArray(new JsonObject { ["roleName"] = "admin", ["scopes"] = new JsonArray() }) },
        ]);
        Executables = new(story, "uuid", EsetExecutables.Tell(story));
        Quarantine = new(story, "uuid", EsetQuarantine.Tell(story));
        Comments = new(story, "uuid", []);
    }

    /// <summary>The group at the top.</summary>
    public Guid Root { get; }

    public EsetList Groups { get; }

    public EsetList Policies { get; }

    public EsetList Assignments { get; }

    public EsetList IpSets { get; }

    public EsetList WebRules { get; }

    public EsetList Tasks { get; }

    public EsetList Rules { get; }

    public EsetList Exclusions { get; }

    public EsetList Installers { get; }

    public EsetList Roles { get; }

    public EsetList RoleAssignments { get; }

    public EsetList Executables { get; }

    public EsetList Quarantine { get; }

    public EsetList Comments { get; }

    private static JsonObject Group(Guid id, Guid? parent, string name)
        => new() { ["uuid"] = id.ToString(), ["displayName"] = name, ["parentGroupUuid"] = parent?.ToString() ?? "", ["description"] = "" };

    private static JsonObject Policy(Guid id, string name, bool isBuiltIn)
        => new() { ["uuid"] = id.ToString(), ["displayName"] = name, ["description"] = $"{name} for Contoso", ["builtIn"] = isBuiltIn, ["features"] = new JsonArray() };

    private static JsonObject Assignment(Guid id, Guid policy, Guid group, int rank)
        => new() { ["uuid"] = id.ToString(), ["policyUuid"] = policy.ToString(), ["rank"] = rank, ["target"] = new JsonObject { ["deviceGroupUuid"] = group.ToString() } };

    private static JsonObject Task(EsetStory story) => new()
    {
        ["uuid"] = story.Id(30).ToString(),
        ["displayName"] = "Scan of all servers",
        ["description"] = "Weekly",
        ["action"] = new JsonObject { ["name"] = "eset.dotnod.scan_management.v1.ScanManager/CreateScan", ["params"] = new JsonObject { ["@type"] = "type.googleapis.com/eset.dotnod.scan_management.v1.CreateScanRequest" } },
        ["assetGroupUuid"] = story.Id(0).ToString(),
        ["source"] = "DEVICE_TASK_SOURCE_INTERNAL_USER",
        ["targets"] = new JsonObject { ["deviceGroupsUuids"] = new JsonArray(story.Id(2).ToString()), ["devicesUuids"] = new JsonArray(story.World.Device(Cast.WebServer).Id.ToString()) },
        ["triggers"] = new JsonArray(new JsonObject { ["manual"] = new JsonObject { ["createTime"] = EsetStory.Text(story.World.Ago(TimeSpan.FromDays(3))) } }),
        ["createTime"] = EsetStory.Text(story.World.Ago(TimeSpan.FromDays(30))),
        ["updateTime"] = EsetStory.Text(story.World.Ago(TimeSpan.FromDays(3))),
        ["versionId"] = "1",
    };

    private static JsonObject Rule(EsetStory story, int number, string name, string severity) => new()
    {
        ["uuid"] = story.Id(number).ToString(),
        ["displayName"] = name,
        ["enabled"] = true,
        ["scopes"] = new JsonArray(),
        ["severityLevel"] = severity,
        ["severityScore"] = 60,
        ["xmlDefinition"] = "<rule/>",
        ["authorUuid"] = story.Id(90).ToString(),
        ["editorUuid"] = story.Id(90).ToString(),
    };

    private static JsonObject Installer(EsetStory story) => new()
    {
        ["uuid"] = story.Id(50).ToString(),
        ["displayName"] = "Windows clients",
        ["createTime"] = EsetStory.Text(story.World.Ago(TimeSpan.FromDays(60))),
        ["expireTime"] = EsetStory.Text(story.World.Now + TimeSpan.FromDays(120)),
        ["downloadUrl"] = "https://installers.eset.example/contoso/windows",
        ["operatingSystemFamilyId"] = 1,
        ["preferredLanguageCode"] = "en_US",
        ["deviceEnrollment"] = new JsonObject { ["securityGroupUuid"] = story.Id(1).ToString(), ["groupDisplayName"] = "Clients" },
        ["usable"] = true,
    };
}
