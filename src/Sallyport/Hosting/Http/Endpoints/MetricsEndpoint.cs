using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sallyport.Hosting.Http.Door;
using Sallyport.Hosting.Observing;

namespace Sallyport.Hosting.Http.Endpoints;

/// <summary>Metrics for Prometheus. A caller sees totals, and of tenants only those granted to it.</summary>
internal sealed class MetricsEndpoint(PrometheusPage page)
{
    public const string Path = "/metrics";

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, (RequestDelegate)(async http =>
    {
        if (await CallerFeature.RefusesUnprovenAsync(http))
            return;
        var text = page.Render(CallerFeature.Of(http).IsGranted);
        http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        http.Response.ContentLength = text.Length;
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.Body.WriteAsync(text, http.RequestAborted);
    }));
}
