using System.Text.Json.Serialization;
using Sallyport.Connectors.Vectra.Detections;
using Sallyport.Connectors.Vectra.Entities;
using Sallyport.Connectors.Vectra.Graph;
using Sallyport.Connectors.Vectra.Investigations;

namespace Sallyport.Connectors.Vectra;

/// <summary>Arguments and results of all Vectra tools.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ListDetections))]
[JsonSerializable(typeof(ListDetectionDetails))]
[JsonSerializable(typeof(CountDetections))]
[JsonSerializable(typeof(DetectionCount))]
[JsonSerializable(typeof(DetectionRef))]
[JsonSerializable(typeof(DetectionOutline))]
[JsonSerializable(typeof(DetectionId))]
[JsonSerializable(typeof(DetectionBrief))]
[JsonSerializable(typeof(CaptureResult))]
[JsonSerializable(typeof(ListEntityDetections))]
[JsonSerializable(typeof(ListEntities))]
[JsonSerializable(typeof(FindEntities))]
[JsonSerializable(typeof(EntityMatches))]
[JsonSerializable(typeof(FindHost))]
[JsonSerializable(typeof(HostRef))]
[JsonSerializable(typeof(GetAccount))]
[JsonSerializable(typeof(ListAssignments))]
[JsonSerializable(typeof(ListUserAssignments))]
[JsonSerializable(typeof(ListEntityAssignments))]
[JsonSerializable(typeof(AssignmentRef))]
[JsonSerializable(typeof(CreateAssignment))]
[JsonSerializable(typeof(DeletedAssignment))]
[JsonSerializable(typeof(CreateNote))]
[JsonSerializable(typeof(MarkDetections))]
[JsonSerializable(typeof(MarkedDetections))]
[JsonSerializable(typeof(ListUsers))]
[JsonSerializable(typeof(ListLockdowns))]
[JsonSerializable(typeof(LockedEntities))]
[JsonSerializable(typeof(ShowGraph))]
[JsonSerializable(typeof(GraphResult))]
internal sealed partial class VectraJson : JsonSerializerContext;
