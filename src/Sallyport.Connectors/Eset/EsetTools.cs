using Sallyport.Connectors.Eset.Composites;
using Sallyport.Connectors.Eset.Execution;
using Sallyport.Connectors.Eset.Operations.Estate;
using Sallyport.Connectors.Eset.Operations.Incidents;
using Sallyport.Connectors.Eset.Operations.Policies;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset;

/// <summary>Everything an agent can ask of ESET, in one list.</summary>
internal static class EsetTools
{
    /// <summary>Members whose text users, mail senders, attackers or other software chose.</summary>
    private static readonly string[] Untrusted =
    [
        "displayName", "originalDisplayName", "description", "name", "note", "text", "tags", "circumstances", "userName",
        "objectName", "objectUrl", "objectTypeName", "path", "commandLine", "containedUrls", "headers", "subject", "from", "to",
        "cc", "sender", "recipients", "hello", "internetMessageId", "fileName", "xmlDefinition", "applicationDisplayName",
        "developerDisplayName", "fileDescription", "companyName", "productName", "internalName", "originalFileName", "signerName",
        "department", "jobTitle", "managementDomain", "caption", "malformedData", "snippet", "ipAddresses", "malformedDomains",
        "externalReference", "sourceName", "issuerCommonName", "subjectCommonName", "emailReference", "url", "primaryEmailAddress",
    ];

    public static IReadOnlyList<Tool> All { get; } =
    [
        .. Named("overview", CompositeTools.Tools),
        .. Named("applications", ApplicationManagement.Tools),
        .. Named("groups", AssetManagement.Tools),
        .. Named("tasks", Automation.Tools),
        .. Named("devices", DeviceManagement.Tools),
        .. Named("roles", IdentityAndAccess.Tools),
        .. Named("detections", Detections.Tools, DetectionGroups.Tools),
        .. Named("edr", EdrExclusions.Tools, EdrRules.Tools),
        .. Named("incidents", IncidentRows.Tools, IncidentComments.Tools),
        .. Named("installers", InstallerManagement.Tools),
        .. Named("mobile", MobileDeviceManagement.Tools),
        .. Named("policies", NetworkAccessProtection.Tools, PolicyManagement.Tools, WebAccessProtection.Tools),
        .. Named("patches", PatchManagement.Tools),
        .. Named("quarantine", QuarantineManagement.Tools),
        .. Named("users", UserManagement.Tools),
        .. Named("vulnerabilities", VulnerabilityManagement.Tools),
        .. Named("answers", [ResumeTool.Tool]),
    ];

    private static IEnumerable<Tool> Named(string toolset, params IReadOnlyList<Tool>[] tools)
        => tools.SelectMany(list => list).Select(tool => tool with
        {
            Toolset = toolset,
            UntrustedMembers = Untrusted,
            AliasBody = tool.Operation is { HasBody: true } ? "body" : null,
        });
}
