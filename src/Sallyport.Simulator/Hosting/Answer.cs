using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Sallyport.Simulator.Hosting;

/// <summary>Writes whole answers with their length.</summary>
internal static class Answer
{
    /// <summary>Platforms send text as it is, and so must we: hostile text is not to be softened by escapes.</summary>
    public static readonly JsonWriterOptions Raw = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task JsonAsync(HttpContext http, int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Raw))
            write(json);
        return BytesAsync(http, status, "application/json", buffer.WrittenMemory);
    }

    public static async Task BytesAsync(HttpContext http, int status, string? contentType, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        if (!body.IsEmpty && !HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>204 without a body.</summary>
    public static Task NothingAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
