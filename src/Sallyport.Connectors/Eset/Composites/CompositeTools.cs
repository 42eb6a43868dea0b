using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sallyport.Connectors.Eset.Operations.Estate;
using Sallyport.Connectors.Eset.Operations.Incidents;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Composites;

/// <summary>Questions that take several operations to answer.</summary>
internal static class CompositeTools
{
    public static IReadOnlyList<Tool> Tools { get; } =
    [
        Tool.Raw<EsetClient, Search>(ToolAccess.Read, "eset_search",
            "Finds devices, users, policies and groups by a part of a name, address, tag or description. Start here when you have a name instead of a uuid.",
            static () => CompositeJson.Default.Search, EverywhereSearch.RunAsync) with
            { Rows = "matches" },
        Tool.Raw<EsetClient, DeviceRef>(ToolAccess.Read, "eset_device_profile",
            "One device with its latest detections, detection groups, vulnerabilities and scans.",
            static () => CompositeJson.Default.DeviceRef, DeviceProfile.RunAsync) with
            { Alias = "device_full_profile" },
        Tool.Raw<EsetClient, IncidentRef>(ToolAccess.Read, "eset_incident_context",
            "One incident with its comments and up to ten each of its detections and devices.",
            static () => CompositeJson.Default.IncidentRef, IncidentContext.RunAsync) with
            { Alias = "incident_full_context" },
        Tool.Raw<EsetClient, LatestOf>(ToolAccess.Read, "eset_detections_latest",
            "The newest detections of the last hours, newest first, at or above a severity. Reads all of the window, which the lists do not sort.",
            static () => CompositeJson.Default.LatestOf, LatestDetections.RunAsync) with
            { Alias = "latest_detections", Rows = "detections" },
    ];
}

/// <summary>What to look for, and where.</summary>
internal sealed record Search(
    [Description("Plain text, any case."), StringLength(200)] string Query,
    [Description("Default: all four.")] IReadOnlyList<SearchKind>? Kinds = null,
    [property: JsonPropertyName("limit_per_kind")][Range(1, 200)] int LimitPerKind = 20);

/// <summary>How far back, how many, how bad.</summary>
internal sealed record LatestOf(
    [Range(1, 8760)] int Hours = 24,
    [Range(1, 200)] int Limit = 10,
    [property: JsonPropertyName("severity_min")][AllowedValues("LOW", "MEDIUM", "HIGH")] string? SeverityMin = null);

/// <summary>What a search can find.</summary>
[JsonConverter(typeof(SearchKindConverter))]
internal enum SearchKind
{
    Device,
    User,
    Policy,
    Group,
}

internal sealed class SearchKindConverter() : JsonStringEnumConverter<SearchKind>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Search))]
[JsonSerializable(typeof(DeviceRef))]
[JsonSerializable(typeof(IncidentRef))]
[JsonSerializable(typeof(LatestOf))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class CompositeJson : JsonSerializerContext;
