using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sallyport.Hosting.Http.Door;
using Sallyport.Hosting.Observing;

namespace Sallyport.Hosting.Http.Endpoints;

/// <summary>Metrics for Prometheus, or as JSON for who asks for that. A caller sees totals, and of tenants only those granted to it.</summary>
internal sealed class MetricsEndpoint(PrometheusPage page, GatewayParts gateway)
{
    public const string Path = "/metrics";

    private const string Json = "application/json";

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, (RequestDelegate)(async http =>
    {
        if (await CallerFeature.RefusesUnprovenAsync(http))
            return;
        http.Response.Headers.CacheControl = "no-store";
        if (WantsJson(http.Request))
        {
            await Answers.JsonAsync(http, StatusCodes.Status200OK, page.Runs.Render(gateway.Events, tool => gateway.Rules.Offer.Catalog.Find(tool)?.Running.Now ?? 0));
            return;
        }

        var text = page.Render(CallerFeature.Of(http).IsGranted);
        http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        http.Response.ContentLength = text.Length;
        await http.Response.Body.WriteAsync(text, http.RequestAborted);
    }));

    /// <summary>Prometheus names its text first; whoever names JSON alone means it.</summary>
    private static bool WantsJson(HttpRequest request)
    {
        var accepted = request.Headers.Accept.ToString();
        return accepted.Contains(Json, StringComparison.OrdinalIgnoreCase) && !accepted.Contains("text/", StringComparison.OrdinalIgnoreCase)
            && !accepted.Contains("openmetrics", StringComparison.OrdinalIgnoreCase);
    }
}
