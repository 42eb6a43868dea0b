using System.Text.Json.Serialization;

namespace Sallyport.Hosting.Http.Endpoints;

/// <summary>What the plain endpoints write.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Decision))]
[JsonSerializable(typeof(FrontPage))]
[JsonSerializable(typeof(Liveness))]
internal sealed partial class HttpJson : JsonSerializerContext;
