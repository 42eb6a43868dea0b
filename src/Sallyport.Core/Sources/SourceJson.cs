using System.Text.Json.Serialization;

namespace Sallyport.Core.Sources;

/// <summary>Questions to platforms and their answers, as they pass through the pipeline.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(HostQuestion))]
[JsonSerializable(typeof(UserQuestion))]
[JsonSerializable(typeof(AlertQuestion))]
[JsonSerializable(typeof(IncidentQuestion))]
[JsonSerializable(typeof(VulnerabilityQuestion))]
[JsonSerializable(typeof(IndicatorQuestion))]
[JsonSerializable(typeof(Answer<SeenHost>))]
[JsonSerializable(typeof(Answer<SeenUser>))]
[JsonSerializable(typeof(Answer<SeenAlert>))]
[JsonSerializable(typeof(Answer<SeenIncident>))]
[JsonSerializable(typeof(Answer<SeenVulnerability>))]
[JsonSerializable(typeof(Answer<Sighting>))]
public sealed partial class SourceJson : JsonSerializerContext;
