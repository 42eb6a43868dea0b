using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Operations.Incidents;

/// <summary>Detections that belong together.</summary>
internal static class DetectionGroups
{
    private const string Service = "incident-management";

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        RestTool.Read("eset_detection_groups_list", "Groups of like detections with their size and how many are resolved; can be filtered by device.",
            "GET /v2/detection-groups", static () => DetectionGroupJson.Default.ListDetectionGroups, Service) with
            { Alias = "incident_detection_groups__list_detection_groups", Rows = "detectionGroups" },
        RestTool.Read("eset_detection_group_get", "One group of detections with the uuids of its members.",
            "GET /v2/detection-groups/{detectionGroupUuid}", static () => DetectionGroupJson.Default.DetectionGroupRef, Service) with
            { Alias = "incident_detection_groups__get_detection_group" },
        RestTool.Write("eset_detection_group_resolve", "Marks all detections of a group as dealt with, with an optional note.",
            "POST /v2/detection-groups/{detectionGroupUuid}:resolve", static () => DetectionGroupJson.Default.ResolveDetectionGroup, Service) with
            { Alias = "incident_detection_groups__resolve_detection_group", IsIdempotent = true, AuditedText = ["note"] },
        // The reference counts this as a change because it is sent by POST; it only reads.
        RestTool.Read("eset_detection_groups_search", "Groups of detections that match a filter expression.",
            "POST /v2/detection-groups:search", static () => DetectionGroupJson.Default.SearchDetectionGroups, Service) with
            { Alias = "incident_detection_groups__search_detection_groups", Rows = "detectionGroups" },
    ];
}

/// <summary>Which groups of detections.</summary>
internal sealed record ListDetectionGroups(
    [Format(TextFormat.Uuid)] string? DeviceUuid = null,
    [Description("From here on."), Format(TextFormat.DateTime)] string? StartTime = null,
    [Description("Before here."), Format(TextFormat.DateTime)] string? EndTime = null,
    [StringLength(100)] string? CloudOfficeTenantUuid = null,
    [PageSize] long? PageSize = null,
    [PageToken] string? PageToken = null);

/// <summary>One group of detections.</summary>
internal sealed record DetectionGroupRef([Format(TextFormat.Uuid)] string DetectionGroupUuid);

/// <summary>A group of detections that is dealt with.</summary>
internal sealed record ResolveDetectionGroup([Format(TextFormat.Uuid)] string DetectionGroupUuid, string? Note = null);

/// <summary>What a group of detections must be like.</summary>
internal sealed record SearchDetectionGroups(
    [Description("eq ne gt ge lt le and or (), dots for nested fields: resolved eq 0 and context.userName eq \"Hans\"")] string? Filter = null,
    [Description("Also count all that match.")] bool? ReturnTotalSize = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ListDetectionGroups))]
[JsonSerializable(typeof(DetectionGroupRef))]
[JsonSerializable(typeof(ResolveDetectionGroup))]
[JsonSerializable(typeof(SearchDetectionGroups))]
internal sealed partial class DetectionGroupJson : JsonSerializerContext;
