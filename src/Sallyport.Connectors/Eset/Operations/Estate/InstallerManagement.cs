using System.ComponentModel;
using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Operations.Estate;

/// <summary>Installers that bring protection to a device and enrol it.</summary>
internal static class InstallerManagement
{
    private const string Service = "installer-management";

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        // The file enrols whoever holds it; that is a way in, so it counts as a change although nothing is stored.
        RestTool.Write("eset_gpo_sccm_file_generate", "The configuration file by which GPO or SCCM installs and enrols devices. Treat it like a key.",
            "POST /v1/gpo-sccm-files:generate", static () => InstallerJson.Default.GenerateGpoSccmFile, Service) with
            { Alias = "installer_installers__generate_gpo_sccm_file" },
        RestTool.Read("eset_installers_list", "Installers with their products, group and whether they can still be used.",
            "GET /v1/installers", static () => InstallerJson.Default.ListInstallers, Service) with
            { Alias = "installer_installers__list_installers", Rows = "installers" },
        RestTool.Write("eset_installer_create", "Creates an installer and returns it with its download address.",
            "POST /v1/installers", static () => InstallerJson.Default.CreateInstaller, Service) with
            { Alias = "installer_installers__create_installer" },
        RestTool.Read("eset_installer_get", "One installer: products, group, settings, whether it can still be used.",
            "GET /v1/installers/{installerUuid}", static () => InstallerJson.Default.InstallerRef, Service) with
            { Alias = "installer_installers__get_installer" },
        RestTool.Write("eset_installer_delete", "Deletes an installer; it can no longer be downloaded.",
            "DELETE /v1/installers/{installerUuid}", static () => InstallerJson.Default.InstallerRef, Service) with
            { Alias = "installer_installers__delete_installer", IsDestructive = true, IsIdempotent = true },
    ];
}

/// <summary>A configuration file to make.</summary>
internal sealed record GenerateGpoSccmFile(
    bool? SendAnonymousDiagnosticData = null, EnrollmentSettings? DeviceEnrollmentSettings = null);

/// <summary>Where new devices go.</summary>
internal sealed record EnrollmentSettings([Description("Device group of new devices.")] string? SecurityGroupUuid = null);

/// <summary>Which installers.</summary>
internal sealed record ListInstallers(
    [Description("Only those that can (or can no longer) be used.")] bool? Usable = null,
    [PageSize] long? PageSize = null,
    [PageToken] string? PageToken = null);

/// <summary>An installer to create.</summary>
internal sealed record CreateInstaller(NewInstaller Installer, IReadOnlyList<long>? RequestedComponentIds = null);

/// <summary>What a new installer is given.</summary>
internal sealed record NewInstaller(
    string? DisplayName = null,
    long? OperatingSystemFamilyId = null,
    [Description("For example en_US.")] string? PreferredLanguageCode = null,
    EnrollmentSettings? DeviceEnrollment = null,
    bool? EnableCloudScannerFeedback = null,
    [Description("Detect potentially unwanted applications.")] bool? EnablePuaDetection = null,
    bool? SendAnonymousDiagnosticData = null);

/// <summary>One installer.</summary>
internal sealed record InstallerRef([Format(TextFormat.Uuid)] string InstallerUuid);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(GenerateGpoSccmFile))]
[JsonSerializable(typeof(ListInstallers))]
[JsonSerializable(typeof(CreateInstaller))]
[JsonSerializable(typeof(InstallerRef))]
internal sealed partial class InstallerJson : JsonSerializerContext;
