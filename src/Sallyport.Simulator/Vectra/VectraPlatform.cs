using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sallyport.Simulator.Hosting;
using Sallyport.Simulator.World;

namespace Sallyport.Simulator.Vectra;

/// <summary>Vectra AI, cloud platform (Respond UX), API v3 to v3.4: what its network sensors and cloud connections saw.</summary>
internal sealed class VectraPlatform : ISimulatedPlatform
{
    private const string TokenPath = "/oauth2/token";

    private static readonly string[] Versions = ["v3", "v3.1", "v3.2", "v3.3", "v3.4"];

    private readonly VectraTokens _tokens;
    private readonly VectraHealth _health;

    public VectraPlatform(PlatformContext context)
    {
        Controls = new($"range-{new Dice(context.World.Seed, Purpose.Platform, (int)Platform.Vectra).Hex(32)}");
        _tokens = new(context.Tokens, Controls);
        _health = new(context.World.Now);
    }

    public VectraControls Controls { get; }

    public IReadOnlyDictionary<string, string> Credentials
        => new Dictionary<string, string> { ["clientId"] = Controls.ClientId, ["clientSecret"] = Controls.ClientSecret };

    public bool IsTokenRequest(PathString path) => path.Value?.TrimEnd('/').EndsWith(TokenPath, StringComparison.Ordinal) is true;

    public Task AnswerErrorAsync(HttpContext http, int status) => VectraError.AnswerAsync(http, status);

    public void Map(WebApplication app)
    {
        app.MapPost(TokenPath, _tokens.AnswerAsync);
        app.MapPost("/api/{version}" + TokenPath, _tokens.AnswerAsync);
        Map(app, "GET", "/health", _health.AllAsync);
        Map(app, "GET", "/health/{check}", _health.OneAsync);
    }

    private void Map(IEndpointRouteBuilder routes, string method, string path, RequestDelegate handler)
        => routes.MapMethods("/api/{version}" + path, [method], http => AdmitAsync(http, handler));

    private Task AdmitAsync(HttpContext http, RequestDelegate handler)
    {
        if (!Versions.Contains(http.Request.RouteValues["version"]))
            return VectraError.AnswerAsync(http, StatusCodes.Status404NotFound);
        if (!_tokens.Admits(http.Request))
            return VectraError.AnswerAsync(http, StatusCodes.Status401Unauthorized);
        var path = http.Request.Path.Value!;
        if (!Controls.RedirectsToSlash || path.EndsWith('/') || !HttpMethods.IsGet(http.Request.Method))
            return handler(http);
        http.Response.Headers.Location = path + "/" + http.Request.QueryString;
        http.Response.StatusCode = StatusCodes.Status301MovedPermanently;
        return Task.CompletedTask;
    }
}
