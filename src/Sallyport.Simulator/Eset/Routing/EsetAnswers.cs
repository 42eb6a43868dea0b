using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Simulator.Eset.Routing;

/// <summary>Answers in ESET's shapes: one object, a page of a list, nothing, an error.</summary>
internal static class EsetAnswers
{
    private const int PageWhenUnsaid = 50;
    private const int LargestPage = 1000;

    /// <summary><c>{"device": {…}}</c>, or 404.</summary>
    public static Task OneAsync(EsetRequest request, string key, JsonNode? value)
        => value is null ? ErrorAsync(request.Http, StatusCodes.Status404NotFound) : Answer.JsonAsync(request.Http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WritePropertyName(key);
            value.WriteTo(json);
            json.WriteEndObject();
        });

    /// <summary>A whole answer as it stands.</summary>
    public static Task ObjectAsync(EsetRequest request, JsonObject value)
        => Answer.JsonAsync(request.Http, StatusCodes.Status200OK, json => value.WriteTo(json));

    /// <summary>A list without pages.</summary>
    public static Task AllAsync(EsetRequest request, string key, IEnumerable<JsonNode> values)
        => ObjectAsync(request, new JsonObject { [key] = new JsonArray([.. values]) });

    /// <summary>A page of <paramref name="count"/> items, each made when it is written; an item that is null is filtered out.</summary>
    public static Task PageAsync(EsetRequest request, string key, int count, Func<int, JsonNode?> item, bool withTotal = false)
    {
        if (!TryPage(request, out var from, out var size))
            return ErrorAsync(request.Http, StatusCodes.Status400BadRequest);
        return Answer.JsonAsync(request.Http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray(key);
            var at = from;
            for (var written = 0; at < count && written < size; at++)
            {
                if (item(at) is not { } node)
                    continue;
                node.WriteTo(json);
                written++;
            }

            json.WriteEndArray();
            json.WriteString("nextPageToken", at < count ? string.Create(CultureInfo.InvariantCulture, $"p{at}") : "");
            if (withTotal)
                json.WriteNumber("totalSize", count);
            json.WriteEndObject();
        });
    }

    public static Task PageAsync(EsetRequest request, string key, IReadOnlyList<JsonNode> items, bool withTotal = false)
        => PageAsync(request, key, items.Count, index => items[index], withTotal);

    public static Task EmptyAsync(HttpContext http) => Answer.BytesAsync(http, StatusCodes.Status200OK, "application/json", "{}"u8.ToArray());

    /// <summary>An error in the gateway's words; the codes are those of gRPC.</summary>
    public static Task ErrorAsync(HttpContext http, int status)
    {
        var (code, message) = status switch
        {
            400 => (3, "Invalid argument."),
            401 => (16, "Token has expired or is invalid."),
            403 => (7, "Access denied."),
            404 => (5, "Not found."),
            429 => (8, "Too many requests."),
            _ => (13, "Internal error."),
        };
        return Answer.BytesAsync(http, status, "application/json", Encoding.UTF8.GetBytes($$"""{"code":{{code}},"message":"{{message}}","details":[]}"""));
    }

    private static bool TryPage(EsetRequest request, out int from, out int size)
    {
        (from, size) = (0, PageWhenUnsaid);
        if (request.Query("pageSize") is { } asked && !int.TryParse(asked, CultureInfo.InvariantCulture, out size))
            return false;
        size = size switch { < 1 => PageWhenUnsaid, > LargestPage => LargestPage, _ => size };
        return request.Query("pageToken") is not { } token
            || (token.StartsWith('p') && int.TryParse(token.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out from));
    }
}
