using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sallyport.Gateway.Investigations;

/// <summary>How much of each thing a joined result tells.</summary>
[JsonConverter(typeof(DetailConverter))]
internal enum Detail
{
    Brief,
    Standard,
    Full,
}

internal sealed class DetailConverter() : JsonStringEnumConverter<Detail>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
