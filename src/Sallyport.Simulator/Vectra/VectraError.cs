using System.Text;
using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Simulator.Vectra;

/// <summary>How Vectra says no.</summary>
internal static class VectraError
{
    public static Task AnswerAsync(HttpContext http, int status) => status switch
    {
        401 => DetailAsync(http, status, "Authentication credentials were not provided."),
        403 => DetailAsync(http, status, "You do not have permission to perform this action."),
        404 => DetailAsync(http, status, "Not found."),
        405 => DetailAsync(http, status, $"Method \"{http.Request.Method}\" not allowed."),
        429 => DetailAsync(http, status, "Request was throttled."),
        >= 500 => Answer.BytesAsync(http, status, "text/html", Encoding.UTF8.GetBytes($"<html><body><h1>Server Error ({status})</h1></body></html>")),
        _ => DetailAsync(http, status, $"Request failed ({status})."),
    };

    public static Task DetailAsync(HttpContext http, int status, string detail) => Answer.JsonAsync(http, status, json =>
    {
        json.WriteStartObject();
        json.WriteString("detail", detail);
        json.WriteEndObject();
    });

    /// <summary>The other shape of a 400, which writes on assignments use.</summary>
    public static Task TitleAsync(HttpContext http, int status, string title) => Answer.JsonAsync(http, status, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("errors");
        json.WriteStartObject();
        json.WriteString("title", title);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });
}
