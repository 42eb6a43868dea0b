using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Operations.Policies;

/// <summary>Policies, and what they are assigned to.</summary>
internal static class PolicyManagement
{
    private const string Service = "policy-management";

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        RestTool.Read("eset_policies_list", "Policies with name, description and whether they are built in; settings are in eset_policy_get.",
            "GET /v2/policies", static () => PolicyJson.Default.Page, Service) with
            { Alias = "policy_policies__list_policies", Rows = "policies" },
        RestTool.Write("eset_policy_create", "Creates a policy from feature settings and returns it; it applies to nothing until it is assigned.",
            "POST /v2/policies", static () => PolicyJson.Default.CreatePolicy, Service) with
            { Alias = "policy_policies__create_policy" },
        RestTool.Read("eset_policy_get", "One policy with its settings.",
            "GET /v2/policies/{policyUuid}", static () => PolicyJson.Default.PolicyRef, Service) with
            { Alias = "policy_policies__get_policy" },
        RestTool.Write("eset_policy_delete", "Deletes a policy; it stops applying everywhere.",
            "DELETE /v2/policies/{policyUuid}", static () => PolicyJson.Default.PolicyRef, Service) with
            { Alias = "policy_policies__delete_policy", IsDestructive = true, IsIdempotent = true },
        RestTool.Read("eset_policy_assignments_list", "Which policies are assigned to which devices, groups and subscriptions, with rank.",
            "GET /v2/policy-assignments", static () => PolicyJson.Default.ListAssignments, Service) with
            { Alias = "policy_policy_assignments__list_policy_assignments", Rows = "assignments" },
        // An assigned policy overrides settings, protection included.
        RestTool.Write("eset_policy_assign", "Assigns a policy to one target, at the lowest rank, and returns the assignment.",
            "POST /v2/policy-assignments", static () => PolicyJson.Default.AssignPolicy, Service) with
            { Alias = "policy_policy_assignments__assign_policy", IsDestructive = true },
        RestTool.Read("eset_policy_assignment_get", "One policy assignment: policy, target, rank.",
            "GET /v2/policy-assignments/{assignmentUuid}", static () => PolicyJson.Default.AssignmentRef, Service) with
            { Alias = "policy_policy_assignments__get_policy_assignment" },
        RestTool.Write("eset_policy_unassign", "Removes a policy assignment; the target falls back to what else is assigned.",
            "DELETE /v2/policy-assignments/{assignmentUuid}", static () => PolicyJson.Default.AssignmentRef, Service) with
            { Alias = "policy_policy_assignments__unassign_policy", IsDestructive = true, IsIdempotent = true },
        RestTool.Write("eset_policy_assignment_rank", "Moves a policy assignment to another rank of its target; 1 is the highest.",
            "POST /v2/policy-assignments/{assignmentUuid}:updateRanking", static () => PolicyJson.Default.RankAssignment, Service) with
            { Alias = "policy_policy_assignments__update_policy_assignment_ranking", IsDestructive = true, IsIdempotent = true },
    ];
}

/// <summary>A policy to create.</summary>
internal sealed record CreatePolicy(NewPolicy Policy);

/// <summary>What a new policy is given.</summary>
internal sealed record NewPolicy(string DisplayName, string? Description = null, IReadOnlyList<FeaturePolicy>? Features = null);

/// <summary>The settings of one feature.</summary>
internal sealed record FeaturePolicy(
    long? FeatureId = null,
    [Description("Settings; @type names the message.")] IReadOnlyDictionary<string, JsonElement>? Configuration = null,
    [Description("By path of the setting.")] IReadOnlyDictionary<string, SettingFlags>? Flags = null);

/// <summary>How strongly one setting holds.</summary>
internal sealed record SettingFlags(bool? ApplyForcefully = null, bool? ReadOnly = null);

/// <summary>One policy.</summary>
internal sealed record PolicyRef([Format(TextFormat.Uuid)] string PolicyUuid);

/// <summary>Which assignments.</summary>
internal sealed record ListAssignments(
    [Format(TextFormat.Uuid)] string? PolicyUuid = null,
    IReadOnlyList<string>? PolicyUuids = null,
    [property: JsonPropertyName("target.deviceUuid")][Format(TextFormat.Uuid)] string? DeviceUuid = null,
    [property: JsonPropertyName("target.deviceGroupUuid")][Format(TextFormat.Uuid)] string? DeviceGroupUuid = null,
    [property: JsonPropertyName("target.subscriptionUuid")][Format(TextFormat.Uuid)] string? SubscriptionUuid = null,
    [PageSize] long? PageSize = null,
    [PageToken] string? PageToken = null);

/// <summary>An assignment to make.</summary>
internal sealed record AssignPolicy(NewAssignment Assignment);

/// <summary>A policy and what it is for.</summary>
internal sealed record NewAssignment(string PolicyUuid, [Description("Exactly one of the three.")] PolicyTarget Target);

/// <summary>A device, a device group or a subscription.</summary>
internal sealed record PolicyTarget(string? DeviceUuid = null, string? DeviceGroupUuid = null, string? SubscriptionUuid = null);

/// <summary>One assignment.</summary>
internal sealed record AssignmentRef([Format(TextFormat.Uuid)] string AssignmentUuid);

/// <summary>An assignment and its new rank.</summary>
internal sealed record RankAssignment([Format(TextFormat.Uuid)] string AssignmentUuid, long Rank);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Page))]
[JsonSerializable(typeof(CreatePolicy))]
[JsonSerializable(typeof(PolicyRef))]
[JsonSerializable(typeof(ListAssignments))]
[JsonSerializable(typeof(AssignPolicy))]
[JsonSerializable(typeof(AssignmentRef))]
[JsonSerializable(typeof(RankAssignment))]
internal sealed partial class PolicyJson : JsonSerializerContext;
