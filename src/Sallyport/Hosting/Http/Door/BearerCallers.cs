using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Identity.OAuth;

namespace Sallyport.Hosting.Http.Door;

/// <summary>Callers who prove themselves with a token in the Authorization header: one of the settings, or one of the operator's OAuth server.</summary>
internal sealed class BearerCallers(TokenDirectory tokens, ITokenCheck? oauth = null)
{
    private const string Scheme = "Bearer ";

    public ValueTask<Caller?> FindAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization;
        if (header.Count != 1 || header[0] is not { } value || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return default;
        var token = value[Scheme.Length..].Trim();
        if (tokens.Find(token) is { } caller)
            return new(caller);
        http.Features.Set(SignInRefusal.Wrong);
        return oauth is null ? default : AskAsync(http, token, oauth);
    }

    private static async ValueTask<Caller?> AskAsync(HttpContext http, string token, ITokenCheck oauth)
    {
        switch (await oauth.CheckAsync(token, http.RequestAborted))
        {
            case TokenVerdict.Accepted accepted:
                return accepted.Caller;
            case TokenVerdict.Invalid invalid:
                http.Features.Set(new SignInRefusal(StatusCodes.Status401Unauthorized, invalid.Reason));
                return null;
            case TokenVerdict.Lacking lacking:
                http.Features.Set(new SignInRefusal(StatusCodes.Status403Forbidden, lacking.Reason));
                return null;
            case TokenVerdict.Unavailable unavailable:
                http.Features.Set(new SignInRefusal(StatusCodes.Status503ServiceUnavailable, $"cannot be checked. {unavailable.Reason}"));
                return null;
            default:
                throw new UnreachableException();
        }
    }
}
