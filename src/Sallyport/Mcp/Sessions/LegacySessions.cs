using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using Sallyport.Gateway.Identity;
using Sallyport.Mcp.Http;
using Sallyport.Mcp.Serving;

namespace Sallyport.Mcp.Sessions;

/// <summary>The open sessions of clients that speak an older protocol revision. Bounded; idle ones are closed.</summary>
internal sealed class LegacySessions(SessionLimits limits, ILoggerFactory logs, KeepAlive keepAlive) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, LegacySession> _sessions = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();

    public int Count => _sessions.Count;

    public SessionLimits Limits => limits;

    /// <summary>Cancelled when the program stops; ends streams that would otherwise stay open for ever.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public async Task<RpcError?> OpenAsync(HttpContext http, RequestHead head, Caller caller, McpSurface surface)
    {
        if (McpEndpoint.ReadMessage(head.Body) is not { } message)
            return RpcError.Malformed;
        await CloseIdleAsync();
        if (_sessions.Count >= limits.Most || _sessions.Values.Count(session => session.IsOwnedBy(caller)) >= limits.MostPerCaller)
            return RpcError.TooManySessions;
        var session = new LegacySession(RandomNumberGenerator.GetHexString(32, lowercase: true), caller, surface.ForSession(), logs, http.RequestServices, keepAlive);
        _sessions[session.Id] = session;
        http.Response.Headers["Mcp-Session-Id"] = session.Id;
        if (!await session.PostAsync(http, head, message, caller))
            await CloseAsync(session.Id);
        return null;
    }

    public async Task<RpcError?> PostAsync(HttpContext http, string id, RequestHead head, Caller caller, McpSurface surface)
    {
        if (Refusal(id, caller, out var session) is { } refusal)
            return refusal;
        if (head is { Method: RequestMethods.ToolsList, IsRequest: true, HasCursor: false })
        {
            await DirectDispatcher.ListForSessionAsync(http, head, surface);
            return null;
        }

        if (McpEndpoint.ReadMessage(head.Body) is not { } message)
            return RpcError.Malformed;
        await session!.PostAsync(http, head, message, caller);
        return null;
    }

    public async Task ListenAsync(HttpContext http, string id, Caller caller)
    {
        if (Refusal(id, caller, out var session) is { } refusal)
        {
            await refusal.WriteAsync(http.Response, default, http.RequestAborted);
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _stopping.Token);
        try
        {
            if (!await session!.ListenAsync(http, limits.IdleAfter, either.Token))
                http.Response.StatusCode = StatusCodes.Status409Conflict;
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The client has gone, or we stop: both end a listener.
        }
    }

    public async Task EndAsync(HttpContext http, string id, Caller caller)
    {
        if (Refusal(id, caller, out _) is { } refusal)
        {
            await refusal.WriteAsync(http.Response, default, http.RequestAborted);
            return;
        }

        await CloseAsync(id);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Tells every client that listens that its tools may be others now.</summary>
    public void TellToolsChanged()
    {
        foreach (var session in _sessions.Values)
            session.TellToolsChanged();
    }

    /// <summary>Ends the streams on which nothing is being answered; calls go on.</summary>
    public void StopListening() => _stopping.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        foreach (var id in _sessions.Keys)
            await CloseAsync(id);
        _stopping.Dispose();
    }

    private RpcError? Refusal(string id, Caller caller, out LegacySession? session)
        => !_sessions.TryGetValue(id, out session) ? RpcError.SessionUnknown
            : session.IsOwnedBy(caller) ? null
            : RpcError.SessionOfAnother;

    private async Task CloseIdleAsync()
    {
        foreach (var (id, _) in _sessions.Where(pair => pair.Value.Idle > limits.IdleAfter))
            await CloseAsync(id);
    }

    private async Task CloseAsync(string id)
    {
        if (_sessions.TryRemove(id, out var session))
            await session.DisposeAsync();
    }
}
