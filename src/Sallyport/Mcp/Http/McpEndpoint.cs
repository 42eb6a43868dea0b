using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Sallyport.Gateway.Identity;
using Sallyport.Hosting.Http;
using Sallyport.Mcp.Serving;
using Sallyport.Mcp.Sessions;

namespace Sallyport.Mcp.Http;

/// <summary>
/// Streamable HTTP at one address for all revisions: the current one without state, older ones in sessions. Host, origin
/// and caller are checked before a request gets here.
/// </summary>
internal sealed class McpEndpoint(Func<Caller, McpSurface> surfaceFor, LegacySessions sessions, int maxBodyBytes, ILoggerFactory logs, KeepAlive keepAlive)
{
    private const string VersionHeader = "MCP-Protocol-Version";
    private const string SessionHeader = "Mcp-Session-Id";

    private readonly DirectDispatcher _direct = new(keepAlive);

    public Task HandleAsync(HttpContext http, Caller caller) => http.Request.Method switch
    {
        "POST" => PostAsync(http, caller),
        "GET" when SessionOf(http) is { } id => sessions.ListenAsync(http, id, caller),
        "DELETE" when SessionOf(http) is { } id => sessions.EndAsync(http, id, caller),
        _ => NotAllowed(http),
    };

    /// <summary>One message, from bytes that have been checked by nobody.</summary>
    public static JsonRpcMessage? ReadMessage(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, McpJsonUtilities.GetTypeInfo<JsonRpcMessage>(McpJsonUtilities.DefaultOptions));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NotSupportedException)
        {
            return null;
        }
    }

    private async Task PostAsync(HttpContext http, Caller caller)
    {
        if (!BodyReader.IsJson(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        if (!AcceptsBoth(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status406NotAcceptable;
            return;
        }

        if (await BodyReader.ReadAsync(http.Request, maxBodyBytes, http.RequestAborted) is not { } body)
            await RpcError.TooLarge.WriteAsync(http.Response, default, http.RequestAborted);
        else if (RequestHead.Parse(body) is not { } head)
            await RpcError.Malformed.WriteAsync(http.Response, default, http.RequestAborted);
        else if (await RouteAsync(http, head, caller) is { } error)
            await error.WriteAsync(http.Response, head.Id, http.RequestAborted);
    }

    /// <summary>Sends the message to where its revision is served; what is wrong with it, or null once it is answered.</summary>
    private async Task<RpcError?> RouteAsync(HttpContext http, RequestHead head, Caller caller)
    {
        var version = http.Request.Headers.TryGetValue(VersionHeader, out var sent) ? sent.ToString() : null;
        if (version == Revisions.Modern)
            return await ModernAsync(http, head, caller);
        if (version is not null && !Revisions.IsLegacy(version))
            return RpcError.UnknownRevision(version);
        if (SessionOf(http) is { } id)
            return await sessions.PostAsync(http, id, head, caller, surfaceFor(caller));
        if (head is { Method: RequestMethods.Initialize, IsRequest: true })
            return await sessions.OpenAsync(http, head, caller, surfaceFor(caller));
        return head.ProtocolVersion is not null ? RpcError.Mismatch($"{VersionHeader} is missing.") : RpcError.NoSession;
    }

    private async Task<RpcError?> ModernAsync(HttpContext http, RequestHead head, Caller caller)
    {
        var surface = surfaceFor(caller);
        if (ModernChecks.Check(head, http.Request.Headers, surface.Headers) is { } error)
            return error;
        if (DirectDispatcher.Takes(head, surface))
        {
            await _direct.DispatchAsync(http, head, caller, surface);
            return null;
        }

        if (ReadMessage(head.Body) is not { } message)
            return RpcError.Malformed;
        message.Context = new JsonRpcMessageContext { User = new CallerPrincipal(caller), ProtocolVersion = Revisions.Modern };
        await ServeAsync(http, message, surface);
        return null;
    }

    /// <summary>One request, one transport, one server object: nothing outlives the request.</summary>
    private async Task ServeAsync(HttpContext http, JsonRpcMessage message, McpSurface surface)
    {
        await using var reply = new Reply(http, keepAlive);
        await using var output = new ReplyStream(reply);
        var transport = new StreamableHttpServerTransport(logs) { Stateless = true };
        await using var server = McpServer.Create(transport, surface.Options, logs, http.RequestServices);
        // Ends with the transport, which the request's own token ends.
        var run = server.RunAsync(CancellationToken.None);
        bool hasAnswer;
        try
        {
            hasAnswer = await transport.HandlePostRequestAsync(message, output, output.BeginAsync, http.RequestAborted);
        }
        finally
        {
            await transport.DisposeAsync();
            await run;
        }

        if (!hasAnswer)
            http.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private static string? SessionOf(HttpContext http) => http.Request.Headers.TryGetValue(SessionHeader, out var id) ? id.ToString() : null;

    private static bool AcceptsBoth(HttpRequest request)
    {
        var sent = request.Headers.Accept;
        // What clients send in fact; anything else is parsed.
        if (sent.Count == 1 && sent[0] is "application/json, text/event-stream" or "text/event-stream, application/json" or "*/*")
            return true;
        var isJson = false;
        var isStream = false;
        foreach (var line in sent)
        {
            if (!MediaTypeHeaderValue.TryParseList([line!], out var accepted))
                continue;
            foreach (var type in accepted)
            {
                isJson |= type.MatchesAllTypes || type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);
                isStream |= type.MatchesAllTypes || type.MediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase);
            }
        }

        return isJson && isStream;
    }

    private static Task NotAllowed(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        http.Response.Headers.Allow = "POST";
        return Task.CompletedTask;
    }
}
