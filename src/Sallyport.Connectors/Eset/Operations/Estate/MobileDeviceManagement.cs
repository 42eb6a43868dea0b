using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Operations.Estate;

/// <summary>Enrolment and licences of telephones and tablets.</summary>
internal static class MobileDeviceManagement
{
    private const string Service = "mobile-device-management";

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        RestTool.Write("eset_mobile_devices_activate", "Activates the product on mobile devices; the answer names the task that does it.",
            "POST /v1/mobile-devices:batchActivateProduct", static () => MobileJson.Default.MobileDevicesRef, Service) with
            { Alias = "mobile_mobile_devices__batch_activate_product" },
        // A batch-get by name, but a link enrols whoever opens it: that is a way in, so it counts as a change.
        RestTool.Write("eset_mobile_enrollment_links_get", "Links by which mobile devices enrol. Treat each like a key.",
            "POST /v1/mobile-devices:batchGetEnrollmentLinks", static () => MobileJson.Default.MobileDevicesRef, Service) with
            { Alias = "mobile_mobile_devices__batch_get_enrollment_links" },
    ];
}

/// <summary>Several mobile devices.</summary>
internal sealed record MobileDevicesRef([ItemCount(1)] IReadOnlyList<string> DeviceUuids);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(MobileDevicesRef))]
internal sealed partial class MobileJson : JsonSerializerContext;
