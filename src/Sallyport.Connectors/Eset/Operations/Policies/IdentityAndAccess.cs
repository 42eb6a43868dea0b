using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Operations.Policies;

/// <summary>Who may do what in ESET itself.</summary>
internal static class IdentityAndAccess
{
    private const string Service = "iam";

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        RestTool.Read("eset_permissions_list", "Every permission that a role can hold.",
            "GET /v2/permissions", static () => IamJson.Default.Page, Service) with
            { Alias = "iam_permissions__list_permissions", Rows = "permissions" },
        RestTool.Read("eset_role_assignments_list", "Who holds which role, and for what.",
            "GET /v2/role-assignments", static () => IamJson.Default.ListRoleAssignments, Service) with
            { Alias = "iam_identity_provider__list_roles", Rows = "assignments" },
        // A role hands over control of the platform; a person should see that first.
        RestTool.Write("eset_role_assign", "Gives a role to a user, device or service, for a scope or for everything.",
            "POST /v2/role-assignments:assignRole", static () => IamJson.Default.ChangeRole, Service) with
            { Alias = "iam_identity_provider__assign_role", IsDestructive = true, IsIdempotent = true },
        RestTool.Write("eset_role_revoke", "Takes a role away from a user, device or service.",
            "POST /v2/role-assignments:revokeRole", static () => IamJson.Default.ChangeRole, Service) with
            { Alias = "iam_identity_provider__revoke_role", IsDestructive = true, IsIdempotent = true },
        RestTool.Write("eset_role_create", "Creates a role that holds the named permissions, and returns it.",
            "POST /v2/roles", static () => IamJson.Default.CreateRole, Service) with
            { Alias = "iam_roles__create_role" },
        RestTool.Write("eset_role_delete", "Deletes a role; whoever holds it loses its permissions.",
            "DELETE /v2/roles/{roleName}", static () => IamJson.Default.RoleRef, Service) with
            { Alias = "iam_roles__delete_role", IsDestructive = true, IsIdempotent = true },
    ];
}

/// <summary>Which role assignments.</summary>
internal sealed record ListRoleAssignments(
    [StringLength(100)] string? SubjectReference = null,
    [SubjectType] string? SubjectType = null,
    bool? IncludeNestedScopes = null,
    [StringLength(100)] string? OrderBy = null,
    [PageSize] long? PageSize = null,
    [PageToken] string? PageToken = null);

/// <summary>A role, and who gets or loses it.</summary>
internal sealed record ChangeRole(
    ScopedRole Role,
    [Description("Uuid of the user, device or service.")] string SubjectReference,
    [SubjectType] string? SubjectType = null);

/// <summary>A role and what it is good for.</summary>
internal sealed record ScopedRole(
    string RoleName, [Description("Left out: everything.")] IReadOnlyList<RoleScope>? Scopes = null);

/// <summary>One thing a role is good for.</summary>
internal sealed record RoleScope(
    string? AssetGroupUuid = null,
    string? CustomerUuid = null,
    string? DeviceUuid = null,
    string? MspUuid = null,
    string? PolicyUuid = null,
    string? SiteUuid = null,
    string? SubscriptionUuid = null,
    string? UserUuid = null,
    string? TenantUuid = null);

/// <summary>A role to create.</summary>
internal sealed record CreateRole(NewRole Role);

/// <summary>What a new role is given.</summary>
internal sealed record NewRole(
    string DisplayName,
    [Description("From eset_permissions_list.")] IReadOnlyList<string> PermissionNames,
    string? Description = null,
    [Description("Identifier; made by ESET when left out.")] string? Name = null);

/// <summary>One role.</summary>
internal sealed record RoleRef([StringLength(100)] string RoleName);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Page))]
[JsonSerializable(typeof(ListRoleAssignments))]
[JsonSerializable(typeof(ChangeRole))]
[JsonSerializable(typeof(CreateRole))]
[JsonSerializable(typeof(RoleRef))]
internal sealed partial class IamJson : JsonSerializerContext;
