using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;

namespace Sallyport.Connectors.Eset.Operations.Estate;

/// <summary>Devices that are to be enrolled.</summary>
internal sealed record ImportDevices(
    [ItemCount(1, 1000)] IReadOnlyList<ImportedDevice> Devices,
    [Description("Device group of all of them.")] string? ParentGroupUuid = null);

/// <summary>What is known of a device before it is enrolled.</summary>
internal sealed record ImportedDevice(
    string DisplayName,
    string? Description = null,
    [AllowedValues(
        "DEVICE_TYPE_UNSPECIFIED", "DEVICE_TYPE_SMARTPHONE", "DEVICE_TYPE_NOTEBOOK", "DEVICE_TYPE_IOT", "DEVICE_TYPE_TABLET",
        "DEVICE_TYPE_DESKTOP", "DEVICE_TYPE_SMART_TV", "DEVICE_TYPE_WEARABLE", "DEVICE_TYPE_GAMING_CONSOLE", "DEVICE_TYPE_ROUTER",
        "DEVICE_TYPE_PRINTER", "DEVICE_TYPE_SECURITY_CAMERA", "DEVICE_TYPE_VIRTUAL_MACHINE", "DEVICE_TYPE_SERVER",
        "DEVICE_TYPE_SMART_SPEAKER")]
    string? DeviceType = null,
    [AllowedValues(
        "DEVICE_ENROLLMENT_STATUS_UNSPECIFIED", "DEVICE_ENROLLMENT_STATUS_PENDING", "DEVICE_ENROLLMENT_STATUS_FINISHED",
        "DEVICE_ENROLLMENT_STATUS_FAILED")]
    string? EnrollmentStatus = null,
    [FunctionalityStatus] string? FunctionalityStatus = null,
    bool? IsMaster = null,
    bool? IsMobile = null,
    string? ManagementDomain = null,
    IReadOnlyList<ImportedProduct>? ActiveProducts = null,
    CloningConfiguration? CloningConfiguration = null,
    ImportedSystem? OperatingSystem = null,
    string? ParentGroupUuid = null,
    string? PrimaryLocalIpAddress = null,
    string? PublicIpAddress = null,
    string? Uuid = null,
    string? OwnerUuid = null);

/// <summary>A product a device is known to have.</summary>
internal sealed record ImportedProduct(
    CalendarDate? ActivateDate = null,
    string? SubscriptionUuid = null,
    string? UnitPoolUuid = null,
    CalendarDate? ValidityDate = null,
    long? Id = null,
    string? Name = null);

/// <summary>A day, or a month or year when the rest is 0.</summary>
internal sealed record CalendarDate(int? Year = null, int? Month = null, int? Day = null);

/// <summary>How clones of a master device are named and grouped.</summary>
internal sealed record CloningConfiguration(IReadOnlyList<string>? CloneNamingPatterns = null, string? SecurityGroupUuid = null);

/// <summary>A device's operating system.</summary>
internal sealed record ImportedSystem(
    long? Bitness = null, string? DisplayName = null, long? EditionId = null, long? FamilyId = null, ImportedVersion? Version = null);

/// <summary>A version by name and number.</summary>
internal sealed record ImportedVersion(string? Id = null, string? Name = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ImportDevices))]
internal sealed partial class DeviceImportJson : JsonSerializerContext;
