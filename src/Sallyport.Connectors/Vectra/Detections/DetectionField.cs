using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sallyport.Connectors.Vectra.Detections;

/// <summary>The members of a detection that can be left out. The platform answers an unknown one with an empty list, so none is passed on.</summary>
[JsonConverter(typeof(DetectionFieldConverter))]
internal enum DetectionField
{
    Id,
    AssignedTo,
    AssignedDate,
    Certainty,
    CreatedTimestamp,
    CustomDetection,
    DataSource,
    Description,
    Detection,
    DetectionCategory,
    DetectionType,
    DetectionUrl,
    Groups,
    FilteredByRule,
    FilteredByAi,
    FilteredByUser,
    FirstTimestamp,
    GroupedDetails,
    LastTimestamp,
    IsCustomModel,
    IsMarkedCustom,
    IsTargetingKeyAsset,
    IsTriaged,
    Note,
    Notes,
    NoteModifiedBy,
    NoteModifiedTimestamp,
    Reason,
    Sensor,
    SensorName,
    SrcAccount,
    SrcHost,
    SrcIp,
    State,
    Summary,
    Tags,
    Threat,
    TriageRuleId,
    Type,
    Url,
}

internal sealed class DetectionFieldConverter() : JsonStringEnumConverter<DetectionField>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
