using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Sallyport.Gateway.Identity;
using Sallyport.Hosting.Http.Door;
using Sallyport.Mcp.Http;
using Sallyport.Mcp.Serving;
using Sallyport.Mcp.Sessions;

namespace Sallyport.Hosting.Http;

/// <summary>MCP over HTTP behind the guard. What is served is given from outside, so that tests mount the very same edge.</summary>
internal sealed class HttpEdge : IAsyncDisposable
{
    public const string McpPath = "/mcp";

    /// <summary>Where the reference server answers; served, not redirected to, because a proxy in front would spoil the address.</summary>
    private const string McpPathWithSlash = "/mcp/";

    private readonly HttpOptions _options;
    private readonly Guard _guard;
    private readonly LegacySessions _sessions;
    private readonly McpEndpoint _mcp;
    private readonly SseEndpoint _sse;

    public HttpEdge(HttpOptions options, Func<Caller, McpSurface> surfaceFor, ILoggerFactory logs, TimeProvider time)
    {
        _options = options;
        _guard = new Guard(options, time, logs.CreateLogger("Sallyport.Door"));
        var keepAlive = new KeepAlive(time) { After = options.KeepAliveAfter };
        _sessions = new LegacySessions(new SessionLimits { IdleAfter = options.StreamIdle }, logs, keepAlive);
        _mcp = new McpEndpoint(surfaceFor, _sessions, options.MaxMessageBytes, logs, keepAlive);
        _sse = new SseEndpoint(surfaceFor, _sessions, options.MaxMessageBytes, logs, keepAlive);
    }

    public void Map(WebApplication app, Action<IEndpointRouteBuilder> mapMore)
    {
        app.Lifetime.ApplicationStopping.Register(_sessions.StopListening);
        app.Use(HandleAsync);
        // Said here, so that nothing is routed before the guard.
        app.UseRouting();
        if (_options.LegacySse)
        {
            app.MapGet("/sse", (RequestDelegate)(http => _sse.ListenAsync(http, CallerFeature.Of(http))));
            app.MapPost("/message", (RequestDelegate)(http => _sse.PostAsync(http, CallerFeature.Of(http))));
        }

        _options.Resource?.Map(app);
        mapMore(app);
    }

    public void TellToolsChanged() => _sessions.TellToolsChanged();

    public ValueTask DisposeAsync() => _sessions.DisposeAsync();

    private async Task HandleAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            if (!await _guard.AdmitAsync(http))
                return;
            // Before routing: the one path whose speed matters.
            if (http.Request.Path == McpPath || http.Request.Path == McpPathWithSlash)
                await _mcp.HandleAsync(http, CallerFeature.Of(http));
            else
                await next(http);
        }
        catch (Exception exception) when (http.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            // The client hung up; there is nobody to answer.
        }
        catch (BadHttpRequestException exception) when (!http.Response.HasStarted)
        {
            http.Response.StatusCode = exception.StatusCode;
        }
    }
}
