using System.Text.RegularExpressions;
using Sallyport.Connectors.Eset;
using Sallyport.Connectors.Eset.Drift;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Tests.Connectors.Eset;

public sealed partial class EsetToolsTests
{
    /// <summary>Compact bytes of the reference server's tools/list, as counted in its contract.</summary>
    private const int ReferenceReadBytes = 103_359;
    private const int ReferenceAllBytes = 259_761;

    /// <summary>Members that the specs leave optional although the call makes no sense without them.</summary>
    private static readonly string[] RequiredHere =
    [
        "asset-management POST /v1/groups group", "asset-management POST /v1/groups group displayName",
        "asset-management POST /v1/groups/{groupUuid}:move newParentUuid", "asset-management POST /v1/groups/{groupUuid}:rename displayName",
        "automation POST /v1/device_tasks task", "automation POST /v1/device_tasks task action", "automation POST /v1/device_tasks task action name",
        "automation POST /v1/device_tasks task targets", "automation POST /v1/device_tasks task triggers",
        "automation POST /v1/device_tasks/{taskUuid}:updateTaskTargets targets", "automation POST /v1/device_tasks/{taskUuid}:updateTaskTriggers triggers",
        "device-management POST /v1/devices/{deviceUuid}:move newParentUuid", "device-management POST /v1/devices/{deviceUuid}:rename displayName",
        "device-management POST /v1/devices:batchImport devices", "device-management POST /v1/devices:batchImport devices[] displayName",
        "iam POST /v2/role-assignments:assignRole role", "iam POST /v2/role-assignments:assignRole role roleName", "iam POST /v2/role-assignments:assignRole subjectReference",
        "iam POST /v2/role-assignments:revokeRole role", "iam POST /v2/role-assignments:revokeRole role roleName", "iam POST /v2/role-assignments:revokeRole subjectReference",
        "iam POST /v2/roles role", "iam POST /v2/roles role displayName", "iam POST /v2/roles role permissionNames",
        "incident-management POST /v2/detections:batchGet detectionUuids",
        "incident-management POST /v2/edr-rule-exclusions exclusion", "incident-management POST /v2/edr-rule-exclusions exclusion xmlDefinition",
        "incident-management POST /v2/edr-rule-exclusions/{exclusionUuid}:updateDefinition xmlDefinition",
        "incident-management POST /v2/edr-rules rule", "incident-management POST /v2/edr-rules rule xmlDefinition",
        "incident-management POST /v2/edr-rules/{ruleUuid}:updateDefinition xmlDefinition",
        "incident-management POST /v2/incidents/{incidentUuid}/comments comment", "incident-management POST /v2/incidents/{incidentUuid}/comments comment text",
        "incident-management POST /v2/incidents/{incidentUuid}/comments/{commentUuid}/text:update text",
        "incident-management POST /v2/incidents/{incidentUuid}:close closureReason", "incident-management POST /v2/incidents/{incidentUuid}:close finalComment text",
        "incident-management POST /v2/incidents/{incidentUuid}:reopen comment text",
        "installer-management POST /v1/installers installer",
        "mobile-device-management POST /v1/mobile-devices:batchActivateProduct deviceUuids", "mobile-device-management POST /v1/mobile-devices:batchGetEnrollmentLinks deviceUuids",
        "network-access-protection POST /v1/policies/{policyUuid}/ip-sets/{ipSetUuid}:update ipSet", "network-access-protection POST /v1/policies/{policyUuid}/ip-sets/{ipSetUuid}:update ipSet ipAddresses",
        "policy-management POST /v2/policies policy", "policy-management POST /v2/policies policy displayName",
        "policy-management POST /v2/policy-assignments assignment", "policy-management POST /v2/policy-assignments assignment policyUuid", "policy-management POST /v2/policy-assignments assignment target",
        "policy-management POST /v2/policy-assignments/{assignmentUuid}:updateRanking rank",
        "quarantine-management POST /v1/quarantined-objects:batchDelete objectUuids", "quarantine-management POST /v1/quarantined-objects:batchDownload objectUuids",
        "quarantine-management POST /v1/quarantined-objects:batchRestore objectUuids",
        "user-management POST /v1/users:batchGetUsers usersUuids",
        "web-access-protection PUT /v2/policies/{policyUuid}/web-address-rules/{addressRuleUuid}/domains urls",
    ];

    /// <summary>Sent by POST, and only reading.</summary>
    private static readonly string[] ReadsByPost = ["eset_detection_groups_search", "eset_detections_get", "eset_users_get"];

    private static IReadOnlyList<Tool> Rows { get; } = [.. EsetTools.All.Where(tool => tool.Operation is not null)];

    [Fact]
    public void Every_operation_parameter_member_and_value_is_as_ESET_describes_it()
        => Assert.Empty(Differences(kind => kind != DifferenceKind.RequiredHere).Select(difference => difference.ToString()));

    [Fact]
    public void What_is_required_beyond_the_descriptions_is_named_one_by_one()
        => Assert.Equal(RequiredHere.Order(StringComparer.Ordinal), Differences(kind => kind == DifferenceKind.RequiredHere).Select(difference => difference.Where).Order(StringComparer.Ordinal));

    [Fact]
    public void All_102_operations_but_the_token_are_tools() => Assert.Equal(101, Rows.Count);

    [Fact]
    public void Every_name_of_the_reference_resolves_to_the_same_method_and_path()
    {
        var ours = Rows.ToDictionary(tool => tool.Alias!, tool => $"{tool.Operation!.Method} {tool.Operation.Template}");
        ours["auth_o_auth__token"] = "POST /oauth/token";

        var theirs = ReferenceTable.Rows.ToDictionary(row => row.Name, row => $"{row.Method} {row.Path}");

        Assert.Equal(102, theirs.Count);
        Assert.Equal(theirs.OrderBy(pair => pair.Key), ours.OrderBy(pair => pair.Key));
    }

    [Fact]
    public void The_token_operation_is_refused_with_a_reason()
        => Assert.Contains("never handed to a model", new EsetConnector().RetiredAliases["auth_o_auth__token"]);

    [Fact]
    public void A_tool_changes_something_unless_it_is_a_get_or_one_of_three_searches()
    {
        Assert.All(Rows, tool => Assert.Equal(
            tool.Operation!.Method == HttpMethod.Get || ReadsByPost.Contains(tool.Name) ? ToolAccess.Read : ToolAccess.Write, tool.Access));
        Assert.All(ReadsByPost, name => Assert.Contains(Rows, tool => tool.Name == name));
    }

    [Fact]
    public void Whatever_deletes_is_held_for_a_person()
        => Assert.All(Rows.Where(tool => tool.Operation!.Method == HttpMethod.Delete || tool.Operation.Template.Contains("elete") || tool.Operation.Template.EndsWith(":purge")), tool => Assert.True(tool.IsDestructive, tool.Name));

    [Fact]
    public void Names_are_canonical_unique_and_short()
    {
        Assert.All(EsetTools.All, tool => Assert.Matches(CanonicalName(), tool.Name));
        Assert.All(EsetTools.All, tool => Assert.InRange(tool.Name.Length, 6, 53));
        var names = EsetTools.All.Select(tool => tool.Name).Concat(EsetTools.All.Select(tool => tool.Alias).OfType<string>()).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Theory]
    [InlineData("reader", ReferenceReadBytes)]
    [InlineData("admin", ReferenceAllBytes)]
    public async Task The_list_that_a_client_gets_is_at_most_half_of_the_references(string role, int theirs)
    {
        await using var gate = await Gateway.TestGateway.StartAsync(new EsetConnector(), new EsetSettings(User: "a", Password: new Secret("b")));

        Assert.InRange(gate.Listing.For(Gateway.Some.Caller(role)).Utf8.Length, 1, theirs / 2);
    }

    [Fact]
    public void A_console_spells_one_path_its_own_way()
    {
        var overrides = EsetSpecs.OnPremOverrides.EnumerateArray().ToDictionary(
            row => $"{row.GetProperty("service")} {row.GetProperty("method")} {row.GetProperty("path")}", row => row.GetProperty("onprem_path").GetString());
        var console = Sallyport.Connectors.Eset.Access.EsetPlace.Console(new Uri("https://console.test:9443"));
        var cloud = Sallyport.Connectors.Eset.Access.EsetPlace.Cloud(EsetRegion.De);

        Assert.All(Rows, tool => Assert.Equal(overrides.GetValueOrDefault($"{tool.Operation!.Service} {tool.Operation.Method} {tool.Operation.Template}"), console.TemplateFor(tool.Operation)));
        Assert.All(Rows, tool => Assert.Null(cloud.TemplateFor(tool.Operation!)));
    }

    private static IEnumerable<Difference> Differences(Func<DifferenceKind, bool> kind)
        => EsetDrift.Compare(EsetTools.All, EsetSpecs.All).Where(difference => kind(difference.Kind));

    [GeneratedRegex("^eset(_[a-z0-9]+)+$")]
    private static partial Regex CanonicalName();
}
