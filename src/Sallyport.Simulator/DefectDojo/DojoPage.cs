using System.Globalization;
using System.Text.Json;
using Sallyport.Simulator.DefectDojo.Store;

namespace Sallyport.Simulator.DefectDojo;

/// <summary>Pages by limit and offset, with absolute links, as the platform's framework makes them.</summary>
internal static class DojoPage
{
    private const int UsualLimit = 25;

    public static DojoReply Of(DojoRequest request, IEnumerable<Row> rows, Action<Utf8JsonWriter, Row> write, bool withPrefetch)
    {
        var all = rows.ToList();
        var limit = DojoRequest.Number(request.Query("limit")) is { } asked and > 0 ? asked : UsualLimit;
        var offset = DojoRequest.Number(request.Query("offset")) ?? 0;
        return DojoReply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("count", all.Count);
            Link(json, "next", offset + limit < all.Count ? Address(request, limit, offset + limit) : null);
            Link(json, "previous", offset > 0 ? Address(request, limit, Math.Max(0, offset - limit)) : null);
            json.WriteStartArray("results");
            foreach (var row in all.Skip(offset).Take(limit))
                write(json, row);
            json.WriteEndArray();
            if (withPrefetch)
                Prefetch(json);
            json.WriteEndObject();
        });
    }

    public static void Prefetch(Utf8JsonWriter json)
    {
        json.WriteStartObject("prefetch");
        json.WriteEndObject();
    }

    /// <summary>Everything else that was asked is kept, and all is sorted by name.</summary>
    private static string Address(DojoRequest request, int limit, int offset)
    {
        var query = request.QueryNames.Where(name => name is not ("limit" or "offset")).Select(name => KeyValuePair.Create(name, Uri.EscapeDataString(request.Query(name)!)))
            .Append(KeyValuePair.Create("limit", limit.ToString(CultureInfo.InvariantCulture)));
        if (offset > 0)
            query = query.Append(KeyValuePair.Create("offset", offset.ToString(CultureInfo.InvariantCulture)));
        return $"{request.Address}?{string.Join('&', query.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"))}";
    }

    private static void Link(Utf8JsonWriter json, string name, string? address)
    {
        if (address is null)
            json.WriteNull(name);
        else
            json.WriteString(name, address);
    }
}
