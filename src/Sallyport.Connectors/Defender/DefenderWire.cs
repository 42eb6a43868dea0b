using System.Text.Json.Serialization;

namespace Sallyport.Connectors.Defender;

/// <summary>A hunt as Graph takes it.</summary>
internal sealed record GraphHunt(string Query, string Timespan);

/// <summary>A hunt as the older interface takes it: there is no time window.</summary>
internal sealed record LegacyHunt(string Query);

/// <summary>A change to an incident as Graph takes it; what is null is left as it is.</summary>
internal sealed record GraphIncidentChange(string? Status, string? AssignedTo, string? Classification, string? Determination, IReadOnlyList<string>? CustomTags);

/// <summary>A change to an incident as the older interface takes it.</summary>
internal sealed record LegacyIncidentChange(string? Status, string? AssignedTo, string? Classification, string? Determination, IReadOnlyList<string>? Tags);

/// <summary>Body of an isolation.</summary>
internal sealed record IsolateBody(
    [property: JsonPropertyName("Comment")] string Comment, [property: JsonPropertyName("IsolationType")] string IsolationType);

/// <summary>Body of a release from isolation.</summary>
internal sealed record ReleaseBody([property: JsonPropertyName("Comment")] string Comment);

/// <summary>How bodies are written.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GraphHunt))]
[JsonSerializable(typeof(LegacyHunt))]
[JsonSerializable(typeof(IsolateBody))]
[JsonSerializable(typeof(ReleaseBody))]
internal sealed partial class DefenderWire : JsonSerializerContext;

/// <summary>How changes are written: camel case, and only what changes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GraphIncidentChange))]
[JsonSerializable(typeof(LegacyIncidentChange))]
internal sealed partial class DefenderChanges : JsonSerializerContext;
