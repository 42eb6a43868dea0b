using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sallyport.Simulator.Faults;
using Sallyport.Simulator.Hosting.Journal;

namespace Sallyport.Simulator.Hosting;

/// <summary>A web server on loopback with nothing in it but one platform.</summary>
internal sealed class PlatformServer(WebApplication app) : IAsyncDisposable
{
    private const long MostRequestBytes = 128L << 20;

    public static async Task<(PlatformServer Server, Uri BaseUrl)> StartAsync(
        ISimulatedPlatform platform, PlatformContext context, IPEndPoint listen, X509Certificate2? certificate, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostRequestBytes;
            kestrel.Listen(listen, endpoint => Listen(endpoint, context.Journal, certificate));
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, UnattendedLifetime>();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));

        var app = builder.Build();
        var scene = new FaultScene(platform, context.Tokens, context.Time, app.Lifetime.ApplicationStopping);
        app.Use(next => http => new JournalMiddleware(context.Journal, context.Tokens, context.Time).InvokeAsync(http, next));
        app.Use(next => http => new FaultInjection(context.Faults, scene, context.Journal).InvokeAsync(http, next));
        app.UseRouting();
        app.Use(next => http => InOwnWordsAsync(http, next, platform));
        platform.Map(app);
        app.UseEndpoints(static _ => { });
        app.Run(http => platform.AnswerErrorAsync(http, StatusCodes.Status404NotFound));
        await app.StartAsync(cancellationToken);
        var address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return (new(app), new(address));
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>Routing refuses a wrong method without a word; the platform has words for it.</summary>
    private static async Task InOwnWordsAsync(HttpContext http, RequestDelegate next, ISimulatedPlatform platform)
    {
        await next(http);
        if (http.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false })
            await platform.AnswerErrorAsync(http, StatusCodes.Status405MethodNotAllowed);
    }

    private static void Listen(ListenOptions endpoint, RequestJournal journal, X509Certificate2? certificate)
    {
        endpoint.Use(next => connection =>
        {
            journal.Connected();
            return next(connection);
        });
        if (certificate is not null)
            endpoint.UseHttps(certificate);
    }

    /// <summary>Leaves signals to the program: a simulated platform ends when it is disposed of.</summary>
    private sealed class UnattendedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
