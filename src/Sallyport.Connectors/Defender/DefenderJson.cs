using System.Text.Json.Serialization;
using Sallyport.Connectors.Defender.Alerts;
using Sallyport.Connectors.Defender.Devices;
using Sallyport.Connectors.Defender.Hunting;
using Sallyport.Connectors.Defender.Incidents;

namespace Sallyport.Connectors.Defender;

/// <summary>Arguments and results as callers write and read them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RunHunt))]
[JsonSerializable(typeof(DeviceTimeline))]
[JsonSerializable(typeof(UserTimeline))]
[JsonSerializable(typeof(FileTimeline))]
[JsonSerializable(typeof(IpTimeline))]
[JsonSerializable(typeof(UrlTimeline))]
[JsonSerializable(typeof(GetHuntingSchema))]
[JsonSerializable(typeof(HuntingSchema))]
[JsonSerializable(typeof(ListAlerts))]
[JsonSerializable(typeof(AlertRef))]
[JsonSerializable(typeof(AlertPage))]
[JsonSerializable(typeof(AlertDetail))]
[JsonSerializable(typeof(IncidentRef))]
[JsonSerializable(typeof(ListIncidents))]
[JsonSerializable(typeof(UpdateIncident))]
[JsonSerializable(typeof(IncidentPage))]
[JsonSerializable(typeof(IncidentDetail))]
[JsonSerializable(typeof(IncidentSummary))]
[JsonSerializable(typeof(IsolateDevice))]
[JsonSerializable(typeof(ReleaseDevice))]
[JsonSerializable(typeof(DeviceAction))]
internal sealed partial class DefenderJson : JsonSerializerContext;

/// <summary>Settings as an operator writes them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DefenderSettings))]
internal sealed partial class DefenderSettingsJson : JsonSerializerContext;
