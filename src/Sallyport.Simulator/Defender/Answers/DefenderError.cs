using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Simulator.Defender.Answers;

/// <summary>How Graph and the older interfaces say no.</summary>
internal static class DefenderError
{
    private const string TrackingId = "00000000-0000-4000-8000-00000000c0de";

    public static Task AnswerAsync(HttpContext http, int status) => AnswerAsync(http, status, CodeOf(status), "The request failed.");

    public static Task AnswerAsync(HttpContext http, int status, string code, string message) => Answer.JsonAsync(http, status, json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("code", code);
        json.WriteString("message", message);
        if (http.Request.Path.StartsWithSegments("/api"))
        {
            json.WriteString("target", TrackingId);
        }
        else
        {
            json.WriteStartObject("innerError");
            json.WriteString("date", "2026-05-11T09:14:22");
            json.WriteString("request-id", TrackingId);
            json.WriteString("client-request-id", TrackingId);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static string CodeOf(int status) => status switch
    {
        400 => "BadRequest",
        401 => "InvalidAuthenticationToken",
        403 => "Forbidden",
        404 => "ResourceNotFound",
        429 => "TooManyRequests",
        _ => "UnknownError",
    };
}
