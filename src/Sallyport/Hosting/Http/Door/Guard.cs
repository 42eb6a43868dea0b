using Microsoft.AspNetCore.Http;
using Sallyport.Core.RequestTenants;
using Sallyport.Gateway.Pipeline;
using Sallyport.Hosting.Http.Endpoints;

namespace Sallyport.Hosting.Http.Door;

/// <summary>The door: whose web page, which host name and which caller, before anything of a request's body is read.</summary>
internal sealed class Guard(HostRule hosts, FindCaller findCaller, RequestAccounts? accounts = null)
{
    private const string Unauthorized = "unauthorized";

    /// <summary>True when the request may go on; otherwise it has been answered.</summary>
    public async ValueTask<bool> AdmitAsync(HttpContext http)
    {
        if (!hosts.Allows(http.Request))
        {
            await Answers.ErrorAsync(http, StatusCodes.Status403Forbidden, new ToolError(ErrorCode.Forbidden, "This Host or Origin is not allowed.") { Hint = "An operator can add it to http.allowedHosts or http.allowedOrigins." });
            return false;
        }

        if (IsOpen(http.Request.Path))
            return true;
        var caller = await findCaller(http);
        if (caller is null && accounts?.Read(http, out caller) is RequestTenant.Refused refused)
        {
            if (refused.Challenge is { } challenge)
                http.Response.Headers.WWWAuthenticate = challenge;
            var code = refused.Status == StatusCodes.Status401Unauthorized ? Unauthorized : ErrorCode.InvalidArguments;
            await Answers.ErrorAsync(http, refused.Status, new ToolError(code, refused.Message));
            return false;
        }

        if (caller is null)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer realm=\"sallyport\"";
            await Answers.ErrorAsync(http, StatusCodes.Status401Unauthorized, new ToolError(Unauthorized, "Say who you are: Authorization: Bearer …"));
            return false;
        }

        http.Features.Set(new CallerFeature(caller));
        return true;
    }

    /// <summary>What orchestrators ask before they know any token.</summary>
    private static bool IsOpen(PathString path) => path == StatusEndpoints.Live || path == StatusEndpoints.Ready;
}
