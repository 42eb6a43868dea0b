using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Operations.Policies;

/// <summary>People and mailboxes that ESET protects.</summary>
internal static class UserManagement
{
    private const string Service = "user-management";

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        RestTool.Read("eset_users_list", "Protected users with addresses, department and protection state. By a part of a name: eset_search.",
            "GET /v1/users", static () => UserJson.Default.ListUsers, Service) with
            { Alias = "user_users__list_users", Rows = "users" },
        RestTool.Read("eset_user_get", "One protected user.",
            "GET /v1/users/{userUuid}", static () => UserJson.Default.UserRef, Service) with
            { Alias = "user_users__get_user" },
        // The reference counts this as a change because it is sent by POST; it only reads.
        RestTool.Read("eset_users_get", "Up to 1,000 users by uuid; all of them or none.",
            "POST /v1/users:batchGetUsers", static () => UserJson.Default.UsersRef, Service) with
            { Alias = "user_users__batch_get_users", Rows = "users" },
    ];
}

/// <summary>Which users.</summary>
internal sealed record ListUsers(
    [StringLength(100)] string? DisplayName = null,
    [StringLength(100)] string? Email = null,
    [AllowedValues(
        "PROTECTION_STATUS_UNSPECIFIED", "PROTECTION_STATUS_UNPROTECTED", "PROTECTION_STATUS_PENDING",
        "PROTECTION_STATUS_PARTIALLY_PROTECTED", "PROTECTION_STATUS_FULLY_PROTECTED")]
    string? ProtectionStatus = null,
    [Format(TextFormat.Uuid)] string? UserGroupUuid = null,
    bool? HasCloudOfficeMsLicense = null,
    [StringLength(100)] string? CloudOfficeTenantReference = null,
    [property: JsonPropertyName("activeProduct.id")][Range(0, 99999)] long? ProductId = null,
    [property: JsonPropertyName("activeProduct.name")][StringLength(100)] string? ProductName = null,
    [property: JsonPropertyName("activeProduct.subscriptionUuid")][Format(TextFormat.Uuid)] string? SubscriptionUuid = null,
    [property: JsonPropertyName("activeProduct.unitPoolUuid")][Format(TextFormat.Uuid)] string? UnitPoolUuid = null,
    [property: JsonPropertyName("activeProduct.autoActivated")] bool? AutoActivated = null,
    [property: JsonPropertyName("activeProduct.autoActivationDetails.base")]
    [AllowedValues(
        "PRODUCT_AUTO_ACTIVATION_BASE_UNSPECIFIED", "PRODUCT_AUTO_ACTIVATION_BASE_TENANT", "PRODUCT_AUTO_ACTIVATION_BASE_USER_GROUP")]
    string? AutoActivationBase = null,
    [property: JsonPropertyName("activeProduct.autoActivationDetails.userGroupUuid")] [Format(TextFormat.Uuid)]
    string? AutoActivationGroupUuid = null,
    [PageSize] long? PageSize = null,
    [PageToken] string? PageToken = null);

/// <summary>One user.</summary>
internal sealed record UserRef([Format(TextFormat.Uuid)] string UserUuid);

/// <summary>Several users.</summary>
internal sealed record UsersRef([ItemCount(1, 1000)] IReadOnlyList<string> UsersUuids);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ListUsers))]
[JsonSerializable(typeof(UserRef))]
[JsonSerializable(typeof(UsersRef))]
internal sealed partial class UserJson : JsonSerializerContext;
