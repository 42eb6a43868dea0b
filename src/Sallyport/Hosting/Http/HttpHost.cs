using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sallyport.Core.Processes;
using Sallyport.Gateway.Health;
using Sallyport.Gateway.Identity;
using Sallyport.Hosting.Http.Door;
using Sallyport.Hosting.Http.Endpoints;
using Sallyport.Hosting.Http.Pages;
using Sallyport.Mcp.Serving;

namespace Sallyport.Hosting.Http;

/// <summary>Serves MCP and the plain endpoints over HTTP until it is disposed; running calls may end first.</summary>
internal sealed class HttpHost : IAsyncDisposable
{
    private const int SlackBytes = 1024 * 1024;
    private const int SlowestBytesPerSecond = 16 * 1024;

    private readonly WebApplication _app;
    private readonly HttpEdge _edge;
    private readonly TimeSpan _grace;
    private Action? _stopTelling;

    private HttpHost(WebApplication app, HttpEdge edge, TimeSpan grace) => (_app, _edge, _grace) = (app, edge, grace);

    /// <summary>Where it listens, with the port that was chosen.</summary>
    public Uri Address => new(Addresses.First());

    /// <summary>Where metrics alone are served too; the same as <see cref="Address"/> when there is no second address.</summary>
    public Uri MetricsAddress => new(Addresses.Last());

    private ICollection<string> Addresses => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;

    /// <summary>Serves the gate until the token is cancelled.</summary>
    /// <param name="onListening">Told where, once requests are accepted.</param>
    public static async Task RunAsync(GatewayParts gateway, HttpOptions options, Action<HttpHost> onListening, CancellationToken cancellationToken)
    {
        await using var host = await StartAsync(gateway, options, cancellationToken);
        onListening(host);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(stopped.SetResult);
        await stopped.Task;
    }

    public static async Task<HttpHost> StartAsync(GatewayParts gateway, HttpOptions options, CancellationToken cancellationToken)
    {
        var cards = new ToolCards(gateway, ProgramFinder.System, ProgramVersions.System, options.Metrics is not null);
        var tools = new ToolEndpoints(gateway, cards, options.MaxExecuteBytes);
        var approvals = new ApprovalEndpoints(gateway);
        var pages = new ApprovalPages(gateway);
        // Ready as long as nothing critical was unwell when it was last looked at.
        var ready = options with
        {
            CountTools = cards.Count,
            Refused = new SignInRecords(gateway.Audit, gateway.Time),
            IsReady = () => gateway.Operations?.Health.Last is not { Overall: HealthStatus.Unhealthy } && !gateway.Audit.IsFailing
        };
        var host = await StartAsync(ready, new McpSurfaces(gateway).For, routes =>
        {
            tools.Map(routes);
            approvals.Map(routes);
            pages.Map(routes);
            if (options.Metrics is { } page)
                new MetricsEndpoint(page, gateway).Map(routes);
            if (gateway.Operations is { } operations)
                OperationEndpoints.Map(routes, gateway, operations);
        }, gateway.Logs, gateway.Time, cancellationToken);
        gateway.Changed += host._edge.TellToolsChanged;
        host._stopTelling = () => gateway.Changed -= host._edge.TellToolsChanged;
        return host;
    }

    /// <summary>The same edge over whatever is to be served.</summary>
    internal static async Task<HttpHost> StartAsync(
        HttpOptions options, Func<Caller, McpSurface> surfaceFor, Action<IEndpointRouteBuilder> mapMore, ILoggerFactory logs, TimeProvider time, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = Product.Name });
        builder.Services.AddSingleton(logs);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownGrace);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        var app = builder.Build();
        if (options.MetricsListen is not null)
            MetricsDoor.Guard(app);
        var edge = new HttpEdge(options, surfaceFor, logs, time);
        edge.Map(app, routes =>
        {
            StatusEndpoints.Map(routes, () => !app.Lifetime.ApplicationStopping.IsCancellationRequested, options);
            mapMore(routes);
        });
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await edge.DisposeAsync();
            await app.DisposeAsync();
            throw new ListenException(options.Places, exception);
        }

        return new HttpHost(app, edge, options.ShutdownGrace);
    }

    public async ValueTask DisposeAsync()
    {
        _stopTelling?.Invoke();
        using var limit = new CancellationTokenSource(_grace);
        await _app.StopAsync(limit.Token);
        await _edge.DisposeAsync();
        await _app.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions kestrel, HttpOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
        // Somewhat more than is accepted, so that the refusal reaches the client before its connection is cut.
        kestrel.Limits.MaxRequestBodySize = options.MaxMessageBytes + SlackBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.RequestHeadersTimeout = options.SlowClients;
        // Whoever sends a body drop by drop holds a connection that others need.
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(SlowestBytesPerSecond, options.SlowClients);
        kestrel.Listen(options.Listen, listen => Protect(listen, options));
        if (options.MetricsListen is not { } second)
            return;
        kestrel.Listen(second, listen =>
        {
            new MetricsDoor().Use(listen);
            Protect(listen, options);
        });
    }

    private static void Protect(ListenOptions listen, HttpOptions options)
    {
        if (options.MaxConnectionsPerAddress is { } most)
            new ConnectionCap(most).Use(listen);
        options.Tls?.Use(listen);
    }
}
