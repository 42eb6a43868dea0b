using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Sallyport.Gateway.Identity;
using Sallyport.Hosting.Http;
using Sallyport.Mcp.Http;
using Sallyport.Mcp.Serving;

namespace Sallyport.Mcp.Sessions;

/// <summary>The HTTP+SSE transport of 2024-11-05: answers come on the stream of <c>GET /sse</c>, requests go to <c>POST /message</c>.</summary>
internal sealed class SseEndpoint(Func<Caller, McpSurface> surfaceFor, LegacySessions sessions, int maxBodyBytes, ILoggerFactory logs, KeepAlive keepAlive)
{
    private readonly ConcurrentDictionary<string, (SseResponseStreamTransport Transport, (string Subject, string? Account) Owner, IdleLimit Idle)> _open = new(StringComparer.Ordinal);

    public async Task ListenAsync(HttpContext http, Caller caller)
    {
        var limits = sessions.Limits;
        if (_open.Count >= limits.MostStreams || _open.Values.Count(open => open.Owner == LegacySession.OwnerOf(caller)) >= limits.MostStreamsPerCaller)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var idle = new IdleLimit(limits.IdleAfter, keepAlive.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, sessions.Stopping, idle.Over);
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        await using var reply = new Reply(http, keepAlive);
        await using var output = new ReplyStream(reply);
        await reply.OpenAsync();
        await using var transport = new SseResponseStreamTransport(output, $"/message?sessionId={id}", id);
        _open[id] = (transport, LegacySession.OwnerOf(caller), idle);
        try
        {
            var write = transport.RunAsync(either.Token);
            await using var server = McpServer.Create(transport, surfaceFor(caller).Options, logs, http.RequestServices);
            await server.RunAsync(either.Token);
            await write;
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The client has gone or says nothing, or we stop: all end the conversation.
        }
        finally
        {
            _open.TryRemove(id, out _);
        }
    }

    public async Task PostAsync(HttpContext http, Caller caller)
    {
        if (!_open.TryGetValue(http.Request.Query["sessionId"].ToString(), out var session))
            await RpcError.SessionUnknown.WriteAsync(http.Response, default, http.RequestAborted);
        else if (session.Owner != LegacySession.OwnerOf(caller))
            await RpcError.SessionOfAnother.WriteAsync(http.Response, default, http.RequestAborted);
        else if (!BodyReader.IsJson(http.Request))
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        else if (await BodyReader.ReadAsync(http.Request, maxBodyBytes, http.RequestAborted) is not { } body)
            await RpcError.TooLarge.WriteAsync(http.Response, default, http.RequestAborted);
        else if (RequestHead.Parse(body) is null || McpEndpoint.ReadMessage(body) is not { } message)
            await RpcError.Malformed.WriteAsync(http.Response, default, http.RequestAborted);
        else
        {
            session.Idle.Touch();
            message.Context = new JsonRpcMessageContext { User = new CallerPrincipal(caller) };
            await session.Transport.OnMessageReceivedAsync(message, http.RequestAborted);
            http.Response.StatusCode = StatusCodes.Status202Accepted;
        }
    }
}
