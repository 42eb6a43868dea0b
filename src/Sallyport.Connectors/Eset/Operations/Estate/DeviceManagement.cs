using System.ComponentModel;
using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Operations.Estate;

/// <summary>Managed devices and the groups they are in.</summary>
internal static class DeviceManagement
{
    private const string Service = "device-management";

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        RestTool.Read("eset_device_groups_list", "All device groups with their parents, from which the tree can be built.",
            "GET /v1/device_groups", static () => DeviceJson.Default.Page, Service) with
            { Alias = "device_device_groups__list_groups", Rows = "deviceGroups" },
        RestTool.Read("eset_device_group_members_list", "Name and uuid of the devices in one group.",
            "GET /v1/device_groups/{groupUuid}/devices", static () => DeviceJson.Default.ListMembers, Service) with
            { Alias = "device_device_groups__list_member_devices", Rows = "devices" },
        RestTool.Read("eset_devices_list", "Managed devices with system, addresses, products, protection state and last contact. To find one by a part of its name, use eset_search.",
            "GET /v1/devices", static () => DeviceJson.Default.ListDevices, Service) with
            { Alias = "device_devices__list_devices", Rows = "devices" },
        RestTool.Read("eset_device_get", "One device in full. With its detections and vulnerabilities: eset_device_profile.",
            "GET /v1/devices/{deviceUuid}", static () => DeviceJson.Default.DeviceRef, Service) with
            { Alias = "device_devices__get_device" },
        RestTool.Write("eset_device_move", "Moves a device into another group; other policies may then apply to it.",
            "POST /v1/devices/{deviceUuid}:move", static () => DeviceJson.Default.MoveDevice, Service) with
            { Alias = "device_devices__move_device", IsDestructive = true, IsIdempotent = true },
        RestTool.Write("eset_device_rename", "Gives a device a new display name, for everyone.",
            "POST /v1/devices/{deviceUuid}:rename", static () => DeviceJson.Default.RenameDevice, Service) with
            { Alias = "device_devices__rename_device", IsIdempotent = true, AuditedText = ["displayName"] },
        RestTool.Read("eset_devices_get", "Several devices in full, by their uuids.",
            "GET /v1/devices:batchGet", static () => DeviceJson.Default.DevicesRef, Service) with
            { Alias = "device_devices__batch_get_devices", Rows = "devices" },
        RestTool.Write("eset_devices_import", "Announces up to 1,000 devices that are to be enrolled; they cannot be managed until they are.",
            "POST /v1/devices:batchImport", static () => DeviceImportJson.Default.ImportDevices, Service) with
            { Alias = "device_devices__import_device_batch", Rows = "devices" },
    ];
}

/// <summary>Which members of a device group.</summary>
internal sealed record ListMembers(
    [Format(TextFormat.Uuid)] string GroupUuid,
    [Description("Also devices of the groups below.")] bool? RecurseSubgroups = null,
    [PageSize] long? PageSize = null,
    [PageToken] string? PageToken = null);

/// <summary>Which devices.</summary>
internal sealed record ListDevices(
    [Description("Whole names.")] IReadOnlyList<string>? DisplayNames = null,
    [FunctionalityStatus] string? FunctionalityStatus = null,
    [Description("Muted devices report no problems.")] bool? IsMuted = null,
    [Description("Default 50, at most 1000."), PageSize] long? PageSize = null,
    [Description("nextPageToken of the page before."), PageToken] string? PageToken = null);

/// <summary>One device.</summary>
internal sealed record DeviceRef([Format(TextFormat.Uuid)] string DeviceUuid);

/// <summary>A device and where it goes.</summary>
internal sealed record MoveDevice(
    [Format(TextFormat.Uuid)] string DeviceUuid, [Description("A device group's uuid.")] string NewParentUuid);

/// <summary>A device and its new name.</summary>
internal sealed record RenameDevice([Format(TextFormat.Uuid)] string DeviceUuid, string DisplayName);

/// <summary>Several devices.</summary>
internal sealed record DevicesRef(IReadOnlyList<string>? DevicesUuids = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Page))]
[JsonSerializable(typeof(ListMembers))]
[JsonSerializable(typeof(ListDevices))]
[JsonSerializable(typeof(DeviceRef))]
[JsonSerializable(typeof(MoveDevice))]
[JsonSerializable(typeof(RenameDevice))]
[JsonSerializable(typeof(DevicesRef))]
internal sealed partial class DeviceJson : JsonSerializerContext;
