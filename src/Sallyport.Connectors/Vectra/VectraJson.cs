using System.Text.Json.Serialization;
using Sallyport.Connectors.Vectra.Detections;
using Sallyport.Connectors.Vectra.Entities;
using Sallyport.Connectors.Vectra.Investigations;

namespace Sallyport.Connectors.Vectra;

/// <summary>Arguments and results of all Vectra tools.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ListDetections))]
[JsonSerializable(typeof(ListDetectionDetails))]
[JsonSerializable(typeof(DetectionOutline))]
[JsonSerializable(typeof(DetectionId))]
[JsonSerializable(typeof(ListEntities))]
[JsonSerializable(typeof(MarkDetections))]
[JsonSerializable(typeof(MarkedDetections))]
internal sealed partial class VectraJson : JsonSerializerContext;
