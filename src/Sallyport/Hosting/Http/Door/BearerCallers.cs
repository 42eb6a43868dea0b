using Microsoft.AspNetCore.Http;
using Sallyport.Gateway.Identity;

namespace Sallyport.Hosting.Http.Door;

/// <summary>Callers who prove themselves with a token in the Authorization header.</summary>
internal sealed class BearerCallers(TokenDirectory tokens)
{
    private const string Scheme = "Bearer ";

    public ValueTask<Caller?> FindAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization;
        return new(header.Count == 1 && header[0] is { } value && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? tokens.Find(value[Scheme.Length..].Trim())
            : null);
    }
}
