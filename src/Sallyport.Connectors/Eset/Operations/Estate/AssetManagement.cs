using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Operations.Estate;

/// <summary>The tree of asset groups: customers, sites and the groups below them.</summary>
internal static class AssetManagement
{
    private const string Service = "asset-management";

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        RestTool.Write("eset_asset_group_create", "Creates a group in the asset tree and returns it with its uuid.",
            "POST /v1/groups", static () => AssetJson.Default.CreateAssetGroup, Service) with
            { Alias = "asset_groups__create_group" },
        RestTool.Write("eset_asset_group_delete", "Deletes an asset group with all groups and objects below it.",
            "DELETE /v1/groups/{groupUuid}", static () => AssetJson.Default.DeleteAssetGroup, Service) with
            { Alias = "asset_groups__delete_group", IsDestructive = true, IsIdempotent = true },
        RestTool.Write("eset_asset_group_move", "Moves an asset group under another; the policies that apply below it change accordingly.",
            "POST /v1/groups/{groupUuid}:move", static () => AssetJson.Default.MoveAssetGroup, Service) with
            { Alias = "asset_groups__move_group", IsDestructive = true, IsIdempotent = true },
        RestTool.Write("eset_asset_group_rename", "Gives an asset group a new display name and returns the group.",
            "POST /v1/groups/{groupUuid}:rename", static () => AssetJson.Default.RenameAssetGroup, Service) with
            { Alias = "asset_groups__rename_group", IsIdempotent = true, AuditedText = ["displayName"] },
    ];
}

/// <summary>A new asset group.</summary>
internal sealed record CreateAssetGroup(AssetGroup Group);

/// <summary>What a new asset group is given.</summary>
internal sealed record AssetGroup(
    string DisplayName,
    string? ParentGroupUuid = null,
    string? Description = null,
    [Description("The group's id in the system it was taken from.")] string? ExternalReference = null,
    [AllowedValues(
        "EXTERNAL_ASSET_TYPE_UNSPECIFIED", "EXTERNAL_ASSET_TYPE_AZURE_RESOURCE_GROUP", "EXTERNAL_ASSET_TYPE_AZURE_SUBSCRIPTION",
        "EXTERNAL_ASSET_TYPE_AWS_ACCOUNT", "EXTERNAL_ASSET_TYPE_AWS_REGION", "EXTERNAL_ASSET_TYPE_GCP_PROJECT",
        "EXTERNAL_ASSET_TYPE_AZURE_VIRTUAL_MACHINE", "EXTERNAL_ASSET_TYPE_AWS_EC2_INSTANCE",
        "EXTERNAL_ASSET_TYPE_GCP_COMPUTE_ENGINE_INSTANCE", "EXTERNAL_ASSET_TYPE_ENTRA_ID_USER",
        "EXTERNAL_ASSET_TYPE_MICROSOFT_ACTIVE_DIRECTORY_USER", "EXTERNAL_ASSET_TYPE_OBSERVED_USER",
        "EXTERNAL_ASSET_TYPE_MICROSOFT_ACTIVE_DIRECTORY_MANAGED_SERVICE_ACCOUNT", "EXTERNAL_ASSET_TYPE_ENTRA_ID_APPLICATION",
        "EXTERNAL_ASSET_TYPE_ENTRA_ID_SERVICE_PRINCIPAL", "EXTERNAL_ASSET_TYPE_PALO_ALTO_FIREWALL")]
    string? ExternalType = null,
    [AllowedValues(
        "GROUP_ENTITY_TYPE_UNSPECIFIED", "GROUP_ENTITY_TYPE_CUSTOMER", "GROUP_ENTITY_TYPE_MSP", "GROUP_ENTITY_TYPE_SITE",
        "GROUP_ENTITY_TYPE_HOUSEHOLD", "GROUP_ENTITY_TYPE_EXTERNAL_CONTAINER")]
    string? LinkedEntityType = null,
    string? Uuid = null);

/// <summary>An asset group to delete.</summary>
internal sealed record DeleteAssetGroup(
    [Format(TextFormat.Uuid)] string GroupUuid,
    [Description("Also gives back the licence units used below it.")] bool? ReleaseConsumedUnits = null);

/// <summary>An asset group and where it goes.</summary>
internal sealed record MoveAssetGroup([Format(TextFormat.Uuid)] string GroupUuid, string NewParentUuid);

/// <summary>An asset group and its new name.</summary>
internal sealed record RenameAssetGroup([Format(TextFormat.Uuid)] string GroupUuid, string DisplayName);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CreateAssetGroup))]
[JsonSerializable(typeof(DeleteAssetGroup))]
[JsonSerializable(typeof(MoveAssetGroup))]
[JsonSerializable(typeof(RenameAssetGroup))]
internal sealed partial class AssetJson : JsonSerializerContext;
