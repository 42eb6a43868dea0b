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
            ["live"] = Live,
            ["ready"] = Ready,
        }),
        HttpJson.Default.FrontPage);

    private static readonly byte[] Running = JsonSerializer.SerializeToUtf8Bytes(new Liveness("ok"), HttpJson.Default.Liveness);

    private static readonly byte[] Stopping = JsonSerializer.SerializeToUtf8Bytes(new Liveness("stopping"), HttpJson.Default.Liveness);

    /// <param name="stopping">Cancelled when the program stops: then it lives, but is not ready for more.</param>
    public static void Map(IEndpointRouteBuilder routes, CancellationToken stopping)
    {
        routes.MapGet("/", (RequestDelegate)(http => Answers.JsonAsync(http, StatusCodes.Status200OK, Front)));
        routes.MapGet(Live, (RequestDelegate)(http => Answers.JsonAsync(http, StatusCodes.Status200OK, Running)));
        routes.MapGet(Ready, (RequestDelegate)(http => stopping.IsCancellationRequested
            ? Answers.JsonAsync(http, StatusCodes.Status503ServiceUnavailable, Stopping)
            : Answers.JsonAsync(http, StatusCodes.Status200OK, Running)));
    }
}

/// <summary>Name, version and links.</summary>
internal sealed record FrontPage(string Name, string Version, IReadOnlyDictionary<string, string> Links);

/// <summary>One word about whether the program runs.</summary>
internal sealed record Liveness(string Status);
