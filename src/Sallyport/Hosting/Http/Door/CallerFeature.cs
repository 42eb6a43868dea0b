using Microsoft.AspNetCore.Http;
using Sallyport.Gateway.Identity;

namespace Sallyport.Hosting.Http.Door;

/// <summary>Who sent the request that is being handled, as the guard at the door proved it.</summary>
internal sealed record CallerFeature(Caller Caller)
{
    public static Caller Of(HttpContext http)
        => http.Features.Get<CallerFeature>()?.Caller ?? throw new InvalidOperationException("A request went past the guard.");
}
