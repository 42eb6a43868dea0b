using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sallyport.Simulator.Eset.Routing;
using Sallyport.Simulator.Eset.Services;
using Sallyport.Simulator.Eset.Story;
using Sallyport.Simulator.Hosting;
using Sallyport.Simulator.World;

namespace Sallyport.Simulator.Eset;

/// <summary>ESET Connect and a PROTECT console on one address: the token decides which of the two a request talks to.</summary>
internal sealed class EsetPlatform : ISimulatedPlatform
{
    private const string ResponseId = "response-id";

    /// <summary>What a console offers of the cloud's services.</summary>
    private static readonly string[] OnPremServices = ["device-management", "policy-management", "automation", "asset-management"];

    private readonly EsetTokens _tokens;
    private readonly EsetRoute[] _routes;
    private readonly ConcurrentDictionary<string, int> _background = new(StringComparer.Ordinal);

    public EsetPlatform(PlatformContext context)
    {
        Controls = new($"range-{new Dice(context.World.Seed, Purpose.Platform, 4_000_000).Hex(32)}");
        _tokens = new(context.Tokens, Controls);
        var story = new EsetStory(context.World, context.Time);
        _routes =
        [
            .. EstateRoutes.Of(story), .. TaskRoutes.Of(story), .. DetectionRoutes.Of(story), .. IncidentRoutes.Of(story), .. EdrRoutes.Of(story),
            .. PolicyRoutes.Of(story), .. QuarantineRoutes.Of(story, Controls), .. AccessRoutes.Of(story), .. WeaknessRoutes.Of(story),
        ];
    }

    public EsetControls Controls { get; }

    public IReadOnlyDictionary<string, string> Credentials
        => new Dictionary<string, string> { ["user"] = Controls.User, ["password"] = Controls.Password };

    public bool IsTokenRequest(PathString path) => path == EsetTokens.CloudPath || path == EsetTokens.ConsolePath;

    public Task AnswerErrorAsync(HttpContext http, int status) => EsetAnswers.ErrorAsync(http, status);

    public void Map(WebApplication app)
    {
        app.MapPost(EsetTokens.CloudPath, _tokens.AnswerCloudAsync);
        app.MapPost(EsetTokens.ConsolePath, http => PassesProxy(http) ? _tokens.AnswerConsoleAsync(http) : ProxyPageAsync(http));
        // The pattern is said because the usual one leaves out what looks like a file name, as some role names do.
        app.MapFallback("{*path}", AdmitAsync);
    }

    private async Task AdmitAsync(HttpContext http)
    {
        http.Response.Headers["request-id"] = new Guid(RandomNumberGenerator.GetBytes(16)).ToString();
        if (_tokens.Admit(http.Request) is not { } account)
        {
            await EsetAnswers.ErrorAsync(http, StatusCodes.Status401Unauthorized);
            return;
        }

        if (account.IsOnPrem && !PassesProxy(http))
            await ProxyPageAsync(http);
        else if (IsPrepared(http))
            await AnswerAsync(http, account);
        else
            http.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    /// <summary>Whether the answer can be given now; if not, the response says under which id it is prepared.</summary>
    private bool IsPrepared(HttpContext http)
    {
        if (http.Request.Headers.TryGetValue(ResponseId, out var ids))
        {
            var id = ids.ToString();
            if (!_background.TryGetValue(id, out var left))
                return true;
            if (left == 0)
                return _background.TryRemove(id, out _);
            _background[id] = left - 1;
            http.Response.Headers[ResponseId] = id;
            return false;
        }

        if (Controls.TakeBackground(http.Request.Path.Value!) is not { } polls)
            return true;
        var fresh = new Guid(RandomNumberGenerator.GetBytes(16)).ToString();
        _background[fresh] = polls;
        http.Response.Headers[ResponseId] = fresh;
        return false;
    }

    private async Task AnswerAsync(HttpContext http, EsetAccount account)
    {
        // Split as it was sent, so that an escaped slash stays inside its segment.
        var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0].Split('/');
        foreach (var route in _routes)
        {
            if (route.Match(http.Request.Method, target) is not { } values)
                continue;
            var isOffered = account.IsOnPrem ? OnPremServices.Contains(route.Service) && route.IsOnPremOnly != false : route.IsOnPremOnly != true;
            if (!isOffered)
                break;
            if (await BodyAsync(http) is { } body)
                await route.Answer(new EsetRequest(http, account, values, body));
            else
                await EsetAnswers.ErrorAsync(http, StatusCodes.Status400BadRequest);
            return;
        }

        await EsetAnswers.ErrorAsync(http, StatusCodes.Status404NotFound);
    }

    /// <summary>The body, empty for methods without one; null when one is due and is no JSON object.</summary>
    private static async Task<JsonObject?> BodyAsync(HttpContext http)
    {
        if (http.Request.Method is "GET" or "DELETE")
            return [];
        try
        {
            return await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool PassesProxy(HttpContext http) => Controls.AccessProxy is not { } proxy
        || (http.Request.Headers["CF-Access-Client-Id"] == proxy.ClientId && http.Request.Headers["CF-Access-Client-Secret"] == proxy.ClientSecret);

    /// <summary>What Cloudflare Access does with a request that it does not know: off to the sign-in page.</summary>
    private static Task ProxyPageAsync(HttpContext http)
    {
        http.Response.Headers.Location = "https://contoso.cloudflareaccess.example/cdn-cgi/access/login";
        http.Response.StatusCode = StatusCodes.Status302Found;
        return Task.CompletedTask;
    }
}
