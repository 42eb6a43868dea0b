using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sallyport.Connectors.Vectra.Detections;
using Sallyport.Connectors.Vectra.Entities;
using Sallyport.Connectors.Vectra.Investigations;
using Sallyport.Core;

namespace Sallyport.Connectors.Vectra;

/// <summary>Reads what the platform sends; a shape it does not document is its failure, not a crash.</summary>
internal static class VectraWire
{
    public static T Read<T>(ReadOnlyMemory<byte> utf8, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8.Span, type) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new UpstreamException(UpstreamFailure.InvalidResponse, "Vectra answered with JSON that is not what it documents.", exception);
        }
    }
}

/// <summary>What the platform sends and takes, member by member.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(OutlineWire))]
[JsonSerializable(typeof(BriefWire))]
[JsonSerializable(typeof(CountWire))]
[JsonSerializable(typeof(EntityWire))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(List<JsonElement>))]
[JsonSerializable(typeof(MarkReply))]
internal sealed partial class VectraWireJson : JsonSerializerContext;
