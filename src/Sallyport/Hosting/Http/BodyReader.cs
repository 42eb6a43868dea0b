using Microsoft.AspNetCore.Http;

namespace Sallyport.Hosting.Http;

/// <summary>Reads request bodies up to a limit, whatever length the client claims.</summary>
internal static class BodyReader
{
    private const int FirstChunk = 4096;

    public static bool IsJson(HttpRequest request)
    {
        var type = request.ContentType.AsSpan();
        var end = type.IndexOf(';');
        return (end < 0 ? type : type[..end]).Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The whole body; null when it is larger than allowed.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
            return null;
        // One byte more than claimed, so that the end is seen without growing. Never pooled: arguments live as long as their call.
        var buffer = new byte[request.ContentLength is { } length ? (int)length + 1 : FirstChunk];
        var filled = 0;
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.AsMemory(filled), cancellationToken);
            if (read == 0)
                return buffer.AsMemory(0, filled);
            filled += read;
            if (filled == request.ContentLength)
                return buffer.AsMemory(0, filled);
            if (filled > maxBytes)
                return null;
            if (filled == buffer.Length)
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, maxBytes + 1));
        }
    }
}
