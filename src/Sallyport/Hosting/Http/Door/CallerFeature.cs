using Microsoft.AspNetCore.Http;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;
using Sallyport.Hosting.Http.Endpoints;

namespace Sallyport.Hosting.Http.Door;

/// <summary>Who sent the request that is being handled, as the guard at the door proved it.</summary>
internal sealed record CallerFeature(Caller Caller)
{
    public static Caller Of(HttpContext http)
        => http.Features.Get<CallerFeature>()?.Caller ?? throw new InvalidOperationException("A request went past the guard.");

    /// <summary>Answers for a caller who brought a platform's account and is not known to be its owner: what it may not see is what others do.</summary>
    /// <returns>Whether the request has been answered.</returns>
    public static async Task<bool> RefusesUnprovenAsync(HttpContext http)
    {
        if (Of(http).Account is null)
            return false;
        await Answers.ErrorAsync(http, StatusCodes.Status403Forbidden, new ToolError(ErrorCode.Forbidden, "This is for callers whom the gate itself knows."));
        return true;
    }
}
