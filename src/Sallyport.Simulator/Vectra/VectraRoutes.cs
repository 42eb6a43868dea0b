using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sallyport.Simulator.Vectra;

/// <summary>Maps endpoints below the API version, each behind the same check of version, token and slash.</summary>
internal sealed class VectraRoutes(IEndpointRouteBuilder routes, VectraTokens tokens, VectraControls controls)
{
    private static readonly string[] Versions = ["v3", "v3.1", "v3.2", "v3.3", "v3.4"];

    public void Get(string path, RequestDelegate handler) => Map(HttpMethods.Get, path, handler);

    public void Post(string path, RequestDelegate handler) => Map(HttpMethods.Post, path, handler);

    public void Put(string path, RequestDelegate handler) => Map(HttpMethods.Put, path, handler);

    public void Patch(string path, RequestDelegate handler) => Map(HttpMethods.Patch, path, handler);

    public void Delete(string path, RequestDelegate handler) => Map(HttpMethods.Delete, path, handler);

    /// <summary>The number in the path, or null when it is none.</summary>
    public static long? Id(HttpContext http, string name = "id")
        => long.TryParse(http.Request.RouteValues[name] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private void Map(string method, string path, RequestDelegate handler)
        => routes.MapMethods("/api/{version}" + path, [method], http => AdmitAsync(http, handler));

    private Task AdmitAsync(HttpContext http, RequestDelegate handler)
    {
        if (!Versions.Contains(http.Request.RouteValues["version"]))
            return VectraError.AnswerAsync(http, StatusCodes.Status404NotFound);
        if (!tokens.Admits(http.Request))
            return VectraError.AnswerAsync(http, StatusCodes.Status401Unauthorized);
        var path = http.Request.Path.Value!;
        if (!controls.RedirectsToSlash || path.EndsWith('/') || !HttpMethods.IsGet(http.Request.Method))
            return handler(http);
        http.Response.Headers.Location = path + "/" + http.Request.QueryString;
        http.Response.StatusCode = StatusCodes.Status301MovedPermanently;
        return Task.CompletedTask;
    }
}
