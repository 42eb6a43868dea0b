using Microsoft.AspNetCore.Http;

namespace Sallyport.Simulator.Vectra.Pages;

/// <summary>The addresses that answers carry: on the origin and in the API version that the client asked with.</summary>
internal sealed record Links(string Origin, string Version)
{
    public static Links Of(HttpContext http)
        => new($"{http.Request.Scheme}://{http.Request.Host}", (string)http.Request.RouteValues["version"]!);

    public string Api(string path) => $"{Origin}/api/{Version}/{path}";

    public string Portal(string path) => $"{Origin}/{path}";
}
