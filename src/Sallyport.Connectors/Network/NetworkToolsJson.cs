using System.Text.Json.Serialization;
using Sallyport.Connectors.Network.Dns;
using Sallyport.Connectors.Network.Nmap;

namespace Sallyport.Connectors.Network;

/// <summary>Arguments and results of the network tools, in the spelling of the reference server.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ScanPorts))]
[JsonSerializable(typeof(DiscoverHosts))]
[JsonSerializable(typeof(ScanReport))]
[JsonSerializable(typeof(LookUpName))]
[JsonSerializable(typeof(LookUpResult))]
internal sealed partial class NetworkToolsJson : JsonSerializerContext;

/// <summary>The section <c>network</c> of a tenant's settings.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(NetworkSettings))]
internal sealed partial class NetworkSettingsJson : JsonSerializerContext;
