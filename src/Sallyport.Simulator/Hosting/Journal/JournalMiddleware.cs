using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Sallyport.Simulator.Hosting.Journal;

/// <summary>Writes every request down before anything else happens to it, and its status when it was answered.</summary>
internal sealed class JournalMiddleware(RequestJournal journal, TokenStore tokens, TimeProvider time)
{
    private const int MostText = 64 * 1024;
    private static readonly object NumberKey = new();

    private static readonly object DroppedKey = new();

    public static long NumberOf(HttpContext http) => (long)http.Items[NumberKey]!;

    /// <summary>Drops the connection, so that no status is written down.</summary>
    public static void Drop(HttpContext http)
    {
        http.Items[DroppedKey] = true;
        http.Abort();
    }

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        // Read whole, so that a fault that drops the connection does so after the request was read.
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var number = journal.Open(Entry(http, body.GetBuffer().AsSpan(0, (int)body.Length)));
        http.Items[NumberKey] = number;
        body.Position = 0;
        http.Request.Body = body;
        try
        {
            await next(http);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            journal.Note(number, $"{failure.GetType().Name}: {failure.Message}");
            throw;
        }
        if (!http.Items.ContainsKey(DroppedKey))
            journal.Close(number, http.Response.StatusCode);
    }

    private JournalEntry Entry(HttpContext http, ReadOnlySpan<byte> body)
    {
        var request = http.Request;
        return new()
        {
            Time = time.GetUtcNow(),
            Method = request.Method,
            Path = request.Path.Value ?? "",
            Query = request.QueryString.Value ?? "",
            Headers = request.Headers.ToDictionary(
                static header => header.Key,
                static header => header.Key == "Authorization" ? header.Value.ToString().Split(' ')[0] : header.Value.ToString(),
                StringComparer.OrdinalIgnoreCase),
            Body = Encoding.UTF8.GetString(body[..Math.Min(body.Length, MostText)]),
            BodyBytes = body.Length,
            BodySha256 = Convert.ToHexStringLower(SHA256.HashData(body)),
            TokenId = tokens.IdOf(request),
        };
    }
}
