using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Operations.Incidents;

/// <summary>Single detections, in both versions of the interface.</summary>
internal static class Detections
{
    private const string Service = "incident-management";

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        RestTool.Read("eset_detections_v1_list", "Detections in the older form, which can be filtered by device. Not in order of time.",
            "GET /v1/detections", static () => DetectionJson.Default.ListDetectionsV1, Service) with
            { Alias = "incident_detections__list_detections_v1", Rows = "detections" },
        RestTool.Read("eset_detection_v1_get", "One detection in the older form.",
            "GET /v1/detections/{detectionUuid}", static () => DetectionJson.Default.DetectionRef, Service) with
            { Alias = "incident_detections__get_detection_v1" },
        RestTool.Read("eset_detections_list", "Detections with severity, device, file, process and network details. Not in order of time: for the newest use eset_detections_latest.",
            "GET /v2/detections", static () => DetectionJson.Default.ListDetections, Service) with
            { Alias = "incident_detections__list_detections_v2", Rows = "detections" },
        RestTool.Read("eset_detection_get", "One detection in full.",
            "GET /v2/detections/{detectionUuid}", static () => DetectionJson.Default.DetectionRef, Service) with
            { Alias = "incident_detections__get_detection_v2" },
        RestTool.Write("eset_detection_resolve", "Marks a detection as dealt with, with an optional note.",
            "POST /v2/detections/{detectionUuid}:resolve", static () => DetectionJson.Default.ResolveDetection, Service) with
            { Alias = "incident_detections__resolve_detection", IsIdempotent = true, AuditedText = ["note"] },
        // The reference counts this as a change because it is sent by POST; it only reads.
        RestTool.Read("eset_detections_get", "Several detections in full, by their uuids.",
            "POST /v2/detections:batchGet", static () => DetectionJson.Default.DetectionsRef, Service) with
            { Alias = "incident_detections__batch_get_detections", Rows = "detections" },
    ];
}

/// <summary>Which detections, in the older form.</summary>
internal sealed record ListDetectionsV1(
    [Format(TextFormat.Uuid)] string? DeviceUuid = null,
    [Description("From here on."), Format(TextFormat.DateTime)] string? StartTime = null,
    [Description("Before here."), Format(TextFormat.DateTime)] string? EndTime = null,
    [PageSize] long? PageSize = null,
    [PageToken] string? PageToken = null);

/// <summary>Which detections.</summary>
internal sealed record ListDetections(
    [Description("From here on."), Format(TextFormat.DateTime)] string? StartTime = null,
    [Description("Before here."), Format(TextFormat.DateTime)] string? EndTime = null,
    [StringLength(100)] string? CloudOfficeTenantUuid = null,
    [Description("Default 50, at most 1000."), PageSize] long? PageSize = null,
    [Description("nextPageToken of the page before."), PageToken] string? PageToken = null);

/// <summary>One detection.</summary>
internal sealed record DetectionRef([Format(TextFormat.Uuid)] string DetectionUuid);

/// <summary>A detection that is dealt with.</summary>
internal sealed record ResolveDetection([Format(TextFormat.Uuid)] string DetectionUuid, string? Note = null);

/// <summary>Several detections.</summary>
internal sealed record DetectionsRef([ItemCount(1)] IReadOnlyList<string> DetectionUuids);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ListDetectionsV1))]
[JsonSerializable(typeof(ListDetections))]
[JsonSerializable(typeof(DetectionRef))]
[JsonSerializable(typeof(ResolveDetection))]
[JsonSerializable(typeof(DetectionsRef))]
internal sealed partial class DetectionJson : JsonSerializerContext;
