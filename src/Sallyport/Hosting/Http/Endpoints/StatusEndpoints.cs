using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sallyport.Hosting.Http.Endpoints;

/// <summary>What this is and whether it runs, for people and orchestrators.</summary>
internal static class StatusEndpoints
{
    public const string Live = "/health/live";
    public const string Ready = "/health/ready";

    private static readonly byte[] Front = JsonSerializer.SerializeToUtf8Bytes(
        new FrontPage(Product.Name, Product.Version, new Dictionary<string, string>
        {
            ["mcp"] = "/mcp",
            ["tools"] = "/tools",
            ["approvals"] = "/approvals",
            ["metrics"] = MetricsEndpoint.Path,
            ["health"] = "/health",
            ["events"] = "/events",
            ["config"] = "/config",
            ["live"] = Live,
            ["ready"] = Ready,
        }),
        HttpJson.Default.FrontPage);

    private static readonly byte[] Running = JsonSerializer.SerializeToUtf8Bytes(new Liveness("ok"), HttpJson.Default.Liveness);

    private static readonly byte[] Unwell = JsonSerializer.SerializeToUtf8Bytes(new Liveness("unhealthy"), HttpJson.Default.Liveness);

    private static readonly byte[] Stopping = JsonSerializer.SerializeToUtf8Bytes(new Liveness("stopping"), HttpJson.Default.Liveness);

    /// <param name="isRunning">False once the program stops: then it lives, but is not ready for more.</param>
    /// <param name="isReady">False while something critical is unwell.</param>
    public static void Map(IEndpointRouteBuilder routes, Func<bool> isRunning, Func<bool>? isReady)
    {
        routes.MapGet("/", (RequestDelegate)(http => Answers.JsonAsync(http, StatusCodes.Status200OK, Front)));
        routes.MapGet(Live, (RequestDelegate)(http => Answers.JsonAsync(http, StatusCodes.Status200OK, Running)));
        routes.MapGet(Ready, (RequestDelegate)(http => (isRunning(), isReady?.Invoke()) switch
        {
            (false, _) => Answers.JsonAsync(http, StatusCodes.Status503ServiceUnavailable, Stopping),
            (_, false) => Answers.JsonAsync(http, StatusCodes.Status503ServiceUnavailable, Unwell),
            _ => Answers.JsonAsync(http, StatusCodes.Status200OK, Running),
        }));
    }
}

/// <summary>Name, version and links.</summary>
internal sealed record FrontPage(string Name, string Version, IReadOnlyDictionary<string, string> Links);

/// <summary>One word about whether the program runs.</summary>
internal sealed record Liveness(string Status);
