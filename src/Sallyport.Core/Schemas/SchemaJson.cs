using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Sallyport.Core.Schemas;

/// <summary>Writes schema documents without reflection.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class SchemaJson : JsonSerializerContext;
