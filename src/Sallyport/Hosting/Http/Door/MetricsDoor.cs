using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Sallyport.Hosting.Http.Endpoints;

namespace Sallyport.Hosting.Http.Door;

/// <summary>A second address for who collects metrics: what comes in by it finds <c>/metrics</c> and nothing else.</summary>
internal sealed class MetricsDoor
{
    /// <summary>Marks the connections of one address.</summary>
    public void Use(ListenOptions listen) => listen.Use(next => connection =>
    {
        connection.Features.Set(this);
        return next(connection);
    });

    /// <summary>Goes before all else, so that nothing is asked of the gate by this way.</summary>
    public static void Guard(WebApplication app) => app.Use(static (http, next) =>
    {
        if (http.Features.Get<MetricsDoor>() is null || http.Request.Path == MetricsEndpoint.Path)
            return next(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}
