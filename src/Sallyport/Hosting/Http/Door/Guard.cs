using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Sallyport.Core.RequestTenants;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;
using Sallyport.Hosting.Http.Endpoints;
using Sallyport.Hosting.Http.Pages;

namespace Sallyport.Hosting.Http.Door;

/// <summary>The door: whose web page, which host name and which caller, before anything of a request's body is read.</summary>
internal sealed partial class Guard(HttpOptions options, TimeProvider time, ILogger log)
{
    private const string Unauthorized = "unauthorized";
    private const string OurChallenge = "Bearer realm=\"sallyport\"";

    private readonly HostRule _hosts = new(options.Places.Select(place => place.Address), options.AllowedHosts, options.AllowedOrigins);
    private readonly FailedSignIns? _failures = options.FailedSignIns is { } limit ? new FailedSignIns(limit, time) : null;

    /// <summary>True when the request may go on; otherwise it has been answered.</summary>
    public async ValueTask<bool> AdmitAsync(HttpContext http)
    {
        if (!_hosts.Allows(http.Request))
        {
            await Answers.ErrorAsync(http, StatusCodes.Status403Forbidden, new ToolError(ErrorCode.Forbidden, "This Host or Origin is not allowed.") { Hint = "An operator can add it to http.allowedHosts or http.allowedOrigins." });
            return false;
        }

        if (IsOpen(http.Request.Path))
            return true;
        if (ApprovalPages.Own(http.Request))
        {
            http.Features.Set(this);
            return true;
        }

        if (_failures?.Wait(AddressOf(http)) is { } wait)
        {
            var seconds = ToolError.Seconds(wait);
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            await Answers.ErrorAsync(http, StatusCodes.Status429TooManyRequests, new ToolError(ErrorCode.RateLimited, "Too many wrong tokens came from this address.") { RetryAfter = seconds });
            return false;
        }

        if (await FindAsync(http) is { } known)
            return Admit(http, known);
        if (http.Features.Get<SignInRefusal>() is not { } refusal)
            return await AskAccountAsync(http);
        await RefuseAsync(http, refusal);
        return false;
    }

    /// <summary>Who showed this token in the form of a page; null for nobody, and for an address that has failed too often.</summary>
    public async ValueTask<Caller?> SignInAsync(HttpContext http, string token)
    {
        if (token.Length == 0 || _failures?.Wait(AddressOf(http)) is not null)
            return null;
        http.Request.Headers.Authorization = $"Bearer {token}";
        return await FindAsync(http);
    }

    private async ValueTask<Caller?> FindAsync(HttpContext http)
    {
        var caller = await options.FindCaller(http);
        if (caller is null && http.Features.Get<SignInRefusal>() is { } refusal)
        {
            LogRefused(log, AddressOf(http), refusal.Reason);
            if (refusal.Status == StatusCodes.Status401Unauthorized)
                _failures?.Note(AddressOf(http));
            // Nobody could tell is no refusal.
            if (refusal.Status != StatusCodes.Status503ServiceUnavailable && options.Refused is { } records)
                await records.NoteAsync(AddressOf(http), refusal.Reason);
        }

        return caller;
    }

    private IPAddress AddressOf(HttpContext http) => _failures is null ? IPAddress.None : options.Proxies.AddressOf(http);

    /// <summary>A request without proof of ours may bring an account of a platform.</summary>
    private async ValueTask<bool> AskAccountAsync(HttpContext http)
    {
        Caller? caller = null;
        if (options.Accounts?.Read(http, out caller) is RequestTenant.Refused refused)
        {
            if (refused.Challenge is { } challenge)
                http.Response.Headers.WWWAuthenticate = challenge;
            var code = refused.Status == StatusCodes.Status401Unauthorized ? Unauthorized : ErrorCode.InvalidArguments;
            await Answers.ErrorAsync(http, refused.Status, new ToolError(code, refused.Message));
            return false;
        }

        if (caller is not null)
            return Admit(http, caller);
        http.Response.Headers.WWWAuthenticate = options.Resource?.Unproven ?? OurChallenge;
        await Answers.ErrorAsync(http, StatusCodes.Status401Unauthorized, new ToolError(Unauthorized, "Say who you are: Authorization: Bearer …"));
        return false;
    }

    private Task RefuseAsync(HttpContext http, SignInRefusal refusal)
    {
        switch (refusal.Status)
        {
            case StatusCodes.Status403Forbidden:
                http.Response.Headers.WWWAuthenticate = options.Resource?.Lacking ?? OurChallenge;
                return Answers.ErrorAsync(http, refusal.Status, new ToolError(ErrorCode.Forbidden, "This token is good, but grants nothing here.") { Hint = "Ask for a token with the scopes and the role that this gate wants." });
            case StatusCodes.Status503ServiceUnavailable:
                return Answers.ErrorAsync(http, refusal.Status, new ToolError("unavailable", "The sign-in server cannot be asked about this token.") { Hint = "Try again shortly." });
            default:
                var own = options.Resource?.Invalid ?? OurChallenge;
                // Where accounts are taken, too, a client learns of both ways.
                http.Response.Headers.WWWAuthenticate = options.Accounts?.Read(http, out _) is RequestTenant.Refused { Challenge: { } other } ? new StringValues([own, other]) : own;
                return Answers.ErrorAsync(http, refusal.Status, new ToolError(Unauthorized, "This token is not accepted here."));
        }
    }

    private static bool Admit(HttpContext http, Caller caller)
    {
        http.Features.Set(new CallerFeature(caller));
        return true;
    }

    /// <summary>What orchestrators ask before they know any token, and what tells clients where to get one.</summary>
    private bool IsOpen(PathString path) => path == StatusEndpoints.Live || path == StatusEndpoints.Ready || options.Resource?.IsAt(path) is true;

    [LoggerMessage(Level = LogLevel.Warning, EventName = "sign-in-refused", Message = "A token from {Address} was refused: it {Reason}")]
    private static partial void LogRefused(ILogger log, IPAddress address, string reason);
}
