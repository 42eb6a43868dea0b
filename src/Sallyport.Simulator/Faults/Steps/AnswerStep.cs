using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Simulator.Faults.Steps;

/// <summary>Answers something else; without a body, the platform's own words for that status.</summary>
internal sealed class AnswerStep(int status, ReadOnlyMemory<byte>? body, string? contentType) : FaultStep
{
    public string? RetryAfter { get; init; }

    public string? Location { get; init; }

    internal override Task ApplyAsync(HttpContext http, FaultScene scene, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.RetryAfter = RetryAfter;
        headers.Location = Location;
        return body is { } bytes
            ? Answer.BytesAsync(http, status, contentType, bytes)
            : scene.Platform.AnswerErrorAsync(http, status);
    }
}
