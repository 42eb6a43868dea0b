using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Sallyport.Gateway.Identity;
using Sallyport.Hosting.Observing;
using Sallyport.Mcp.Http;
using Sallyport.Mcp.Serving;

namespace Sallyport.Mcp.Sessions;

/// <summary>One conversation with a client of an older protocol revision, owned by the caller who opened it.</summary>
internal sealed class LegacySession : IAsyncDisposable
{
    private readonly StreamableHttpServerTransport _transport;
    private readonly McpServer _server;
    private readonly Task _run;
    private readonly (string Subject, string? Account) _owner;
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _answering = new(StringComparer.Ordinal);
    private readonly KeepAlive _keepAlive;
    private int _requests;
    private int _listeners;
    private long _lastUsed;
    private volatile IdleLimit? _listening;

    public LegacySession(string id, Caller owner, McpServerOptions options, ILoggerFactory logs, IServiceProvider services, KeepAlive keepAlive)
    {
        Id = id;
        _owner = OwnerOf(owner);
        _keepAlive = keepAlive;
        _lastUsed = keepAlive.Time.GetTimestamp();
#pragma warning disable MCP9006 // Sessions are for older revisions only, which is what this class is about.
        _transport = new StreamableHttpServerTransport(logs) { SessionId = id, FlowExecutionContextFromRequests = true };
#pragma warning restore MCP9006
        _server = McpServer.Create(_transport, options, logs, services);
        _run = _server.RunAsync(CancellationToken.None);
    }

    public string Id { get; }

    public bool IsOwnedBy(Caller caller) => OwnerOf(caller) == _owner;

    /// <summary>How long nothing has been going on; zero while a request or a listener is open.</summary>
    public TimeSpan Idle => Volatile.Read(ref _requests) > 0 ? TimeSpan.Zero : _keepAlive.Time.GetElapsedTime(Volatile.Read(ref _lastUsed));

    /// <summary>Handles one message and writes the answer, if there is one.</summary>
    /// <returns>False when the message was refused with an error.</returns>
    public async Task<bool> PostAsync(HttpContext http, RequestHead head, JsonRpcMessage message, Caller caller)
    {
        message.Context = new JsonRpcMessageContext { User = new CallerPrincipal(caller) { Trace = RequestTrace.Of(head.TraceParent, head.TraceState, http.Request.Headers) } };
        Interlocked.Increment(ref _requests);
        _listening?.Touch();
        using var withdrawn = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var id = Encoding.UTF8.GetString(head.Id.Span);
        if (head.IsRequest)
            _answering[id] = withdrawn;
        await using var reply = new Reply(http, _keepAlive);
        try
        {
            await using var output = new ReplyStream(reply);
            if (!await _transport.HandlePostRequestAsync(message, output, output.BeginAsync, withdrawn.Token))
                http.Response.StatusCode = StatusCodes.Status202Accepted;
            if (head is { Method: NotificationMethods.CancelledNotification, CancelledId.IsEmpty: false })
                await WithdrawAsync(Encoding.UTF8.GetString(head.CancelledId.Span));
            return !output.IsError;
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            // A cancelled request gets no answer: its stream ends without one.
            await reply.OpenAsync();
            return true;
        }
        finally
        {
            _answering.TryRemove(KeyValuePair.Create(id, withdrawn));
            Release();
        }
    }

    /// <summary>Keeps a stream open for what the server says on its own; one at a time.</summary>
    /// <param name="idleAfter">How long it stays open while no message comes in.</param>
    /// <returns>False when there is one already.</returns>
    public async Task<bool> ListenAsync(HttpContext http, TimeSpan idleAfter, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _listeners, 1) == 1)
            return false;
        Interlocked.Increment(ref _requests);
        using var idle = new IdleLimit(idleAfter, _keepAlive.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, idle.Over);
        _listening = idle;
        try
        {
            await using var reply = new Reply(http, _keepAlive);
            await using var output = new ReplyStream(reply);
            // In this order: what is said once the client sees the stream must find it.
            var listening = _transport.HandleGetRequestAsync(output, either.Token);
            await Task.WhenAll(listening, reply.OpenAsync().AsTask());
        }
        catch (OperationCanceledException) when (idle.Over.IsCancellationRequested)
        {
            // Nobody has used it; who still wants it opens another.
        }
        finally
        {
            _listening = null;
            Volatile.Write(ref _listeners, 0);
            Release();
        }

        return true;
    }

    /// <summary>A client that does not listen learns it when it lists the tools again.</summary>
    public void TellToolsChanged() => ListChange.Tell(_server);

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        await _server.DisposeAsync();
        await _run;
    }

    /// <summary>The library drops the answer of a cancelled request, so nothing else would end the stream that waits for it.</summary>
    private async Task WithdrawAsync(string id)
    {
        if (!_answering.TryRemove(id, out var waiting))
            return;
        try
        {
            await waiting.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It was answered just now.
        }
    }

    private void Release()
    {
        Volatile.Write(ref _lastUsed, _keepAlive.Time.GetTimestamp());
        _listening?.Touch();
        Interlocked.Decrement(ref _requests);
    }

    /// <summary>An account that a request brings is only claimed, so its password is part of who owns the session.</summary>
    internal static (string Subject, string? Account) OwnerOf(Caller caller) => (caller.Subject, caller.Account?.Accepted.Key);
}
