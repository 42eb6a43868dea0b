using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sallyport.Hosting.Http.Door;

namespace Sallyport.Hosting.Http.Endpoints;

/// <summary>What this is and whether it runs, for people and orchestrators.</summary>
internal static class StatusEndpoints
{
    public const string Live = "/health/live";
    public const string Ready = "/health/ready";

    private static readonly Dictionary<string, string> Links = new()
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
    };

    private static readonly byte[] Running = JsonSerializer.SerializeToUtf8Bytes(new Liveness("ok"), HttpJson.Default.Liveness);

    private static readonly byte[] Unwell = JsonSerializer.SerializeToUtf8Bytes(new Liveness("unhealthy"), HttpJson.Default.Liveness);

    private static readonly byte[] Stopping = JsonSerializer.SerializeToUtf8Bytes(new Liveness("stopping"), HttpJson.Default.Liveness);

    /// <param name="isRunning">False once the program stops: then it lives, but is not ready for more.</param>
    /// <param name="options">Say whether something critical is unwell, and what the caller can use.</param>
    public static void Map(IEndpointRouteBuilder routes, Func<bool> isRunning, HttpOptions options)
    {
        routes.MapGet("/", (RequestDelegate)(http => Answers.JsonAsync(http, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(Front(http, options), HttpJson.Default.FrontPage))));
        routes.MapGet(Live, (RequestDelegate)(http => Answers.JsonAsync(http, StatusCodes.Status200OK, Running)));
        routes.MapGet(Ready, (RequestDelegate)(http => (isRunning(), options.IsReady?.Invoke()) switch
        {
            (false, _) => Answers.JsonAsync(http, StatusCodes.Status503ServiceUnavailable, Stopping),
            (_, false) => Answers.JsonAsync(http, StatusCodes.Status503ServiceUnavailable, Unwell),
            _ => Answers.JsonAsync(http, StatusCodes.Status200OK, Running),
        }));
    }

    private static FrontPage Front(HttpContext http, HttpOptions options)
    {
        var count = options.CountTools?.Invoke(CallerFeature.Of(http));
        return new FrontPage(Product.Name, Product.Version, "http", count?.Total, count?.Enabled, Links, Links);
    }
}

/// <summary>Name, version, links, and how many tools the caller has; the reference server's words for the links beside ours.</summary>
internal sealed record FrontPage(
    string Name, string Version, string Transport, int? Tools, [property: JsonPropertyName("enabled_tools")] int? EnabledTools,
    IReadOnlyDictionary<string, string> Links, IReadOnlyDictionary<string, string> Endpoints);

/// <summary>One word about whether the program runs.</summary>
internal sealed record Liveness(string Status);
