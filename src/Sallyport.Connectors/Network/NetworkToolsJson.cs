using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sallyport.Connectors.Network.Custom;
using Sallyport.Connectors.Network.Dns;
using Sallyport.Connectors.Network.Jobs;
using Sallyport.Connectors.Network.Nmap;
using Sallyport.Connectors.Network.Reach;
using Sallyport.Connectors.Network.Tls;

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
[JsonSerializable(typeof(PingHost))]
[JsonSerializable(typeof(PingResult))]
[JsonSerializable(typeof(TraceRoute))]
[JsonSerializable(typeof(TraceResult))]
[JsonSerializable(typeof(InspectTls))]
[JsonSerializable(typeof(TlsResult))]
[JsonSerializable(typeof(CustomResult))]
[JsonSerializable(typeof(ScanJob))]
[JsonSerializable(typeof(ScanRef))]
[JsonSerializable(typeof(ScanResultRef))]
[JsonSerializable(typeof(ListScans))]
[JsonSerializable(typeof(ScanList))]
[JsonSerializable(typeof(CompareScans))]
[JsonSerializable(typeof(ScanDiff))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class NetworkToolsJson : JsonSerializerContext;

/// <summary>The section <c>network</c> of a tenant's settings.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(NetworkSettings))]
internal sealed partial class NetworkSettingsJson : JsonSerializerContext;
