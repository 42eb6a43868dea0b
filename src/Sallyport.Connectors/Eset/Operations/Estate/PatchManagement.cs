using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Operations.Estate;

/// <summary>Patches that devices lack, and how patching went.</summary>
internal static class PatchManagement
{
    private const string Service = "patch-management";

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        RestTool.Read("eset_application_patching_list", "How the most recent patching of applications went, per device and application.",
            "GET /v1/application-patching-processes/recent/details", static () => PatchJson.Default.Nothing, Service) with
            { Alias = "patch_patch_management__list_recent_application_patching_details", Rows = "patchingDetails" },
        RestTool.Read("eset_device_patches_list", "Patches that could be installed, one row per device and patch.",
            "GET /v1/device-patches", static () => PatchJson.Default.ListDevicePatches, Service) with
            { Alias = "patch_unpatched_devices__list_device_patches", Rows = "devices" },
        RestTool.Read("eset_device_patching_list", "Patching attempts on devices over at least the last 30 days, with outcome.",
            "GET /v1/patching-process-details", static () => PatchJson.Default.ListDevicePatching, Service) with
            { Alias = "patch_patch_management__list_device_patching_details", Rows = "patchingDetails" },
    ];
}

/// <summary>Which missing patches.</summary>
internal sealed record ListDevicePatches(
    [Format(TextFormat.Uuid)] string? DeviceUuid = null,
    [Format(TextFormat.Uuid)] string? DeviceGroupUuid = null,
    [AllowedValues("PATCH_TYPE_UNSPECIFIED", "PATCH_TYPE_APPLICATION", "PATCH_TYPE_OPERATING_SYSTEM", "PATCH_TYPE_PACKAGE")]
    string? PatchType = null,
    [PageSize] long? PageSize = null,
    [PageToken] string? PageToken = null);

/// <summary>Which patching attempts.</summary>
internal sealed record ListDevicePatching(
    [Format(TextFormat.Uuid)] string? DeviceUuid = null,
    [Format(TextFormat.Uuid)] string? DeviceGroupUuid = null,
    [property: JsonPropertyName("timePeriod.startTime")]
    [Description("From here on."), Format(TextFormat.DateTime)] string? StartTime = null,
    [property: JsonPropertyName("timePeriod.endTime")]
    [Description("Before here."), Format(TextFormat.DateTime)] string? EndTime = null,
    [PageSize] long? PageSize = null,
    [PageToken] string? PageToken = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(ListDevicePatches))]
[JsonSerializable(typeof(ListDevicePatching))]
internal sealed partial class PatchJson : JsonSerializerContext;
