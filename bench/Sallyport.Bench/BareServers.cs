using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Sallyport.Bench;

/// <summary>Kestrel with nothing but one handler: the most that any gate on it can reach.</summary>
internal static class BareServers
{
    public static async Task<(WebApplication App, Uri Address)> StartAsync(RequestDelegate handle)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(handle);
        await app.StartAsync();
        return (app, new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()));
    }

    /// <summary>Reads the same JSON and writes an answer of the same size.</summary>
    public static RequestDelegate Parse(byte[] answer) => async http =>
    {
        using var document = await JsonDocument.ParseAsync(http.Request.Body);
        _ = document.RootElement.GetProperty("method").GetString();
        await WriteAsync(http, answer);
    };

    /// <summary>Passes the request on to an upstream and its answer back.</summary>
    public static RequestDelegate PassOn(HttpClient client, Uri upstream) => async http =>
    {
        using var document = await JsonDocument.ParseAsync(http.Request.Body);
        using var answer = await client.GetAsync(upstream, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
        http.Response.ContentType = "application/json";
        await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    };

    public static RequestDelegate Answer(byte[] answer) => http => WriteAsync(http, answer);

    private static Task WriteAsync(HttpContext http, byte[] answer)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = answer.Length;
        return http.Response.Body.WriteAsync(answer).AsTask();
    }
}
