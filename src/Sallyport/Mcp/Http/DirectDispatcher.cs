using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;
using Sallyport.Core;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;
using Sallyport.Hosting;
using Sallyport.Hosting.Observing;
using Sallyport.Mcp.Serving;

namespace Sallyport.Mcp.Http;

/// <summary>Answers the two requests that matter for speed, listing and calling tools, from bytes to bytes without the protocol library.</summary>
internal sealed class DirectDispatcher(KeepAlive keepAlive)
{
    private static readonly byte[] Server = Encoding.UTF8.GetBytes(
        $"\"resultType\":\"complete\",\"_meta\":{{\"{MetaKeys.ServerInfo}\":{{\"name\":\"{Product.Name}\",\"title\":\"{Product.Title}\",\"version\":\"{Product.Version}\"}}}}}}}}");

    private static readonly byte[] AfterList = [.. Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $",\"ttlMs\":{McpSurfaces.ListLifetime.TotalMilliseconds},\"cacheScope\":\"private\",")), .. Server];

    private static readonly byte[] AfterResult = [(byte)',', .. Server];

    public static bool Takes(RequestHead head, McpSurface surface) => head.IsRequest && head.Method switch
    {
        RequestMethods.ToolsList => surface.Direct.IsListed && !head.HasCursor,
        RequestMethods.ToolsCall => head is { Name: { } name, HasAnswer: false } && surface.Direct.Answers(name) && !(head.CanBeAsked && surface.Direct.MayAsk(name)),
        _ => false,
    };

    public Task DispatchAsync(HttpContext http, RequestHead head, Caller caller, McpSurface surface)
        => head.Method == RequestMethods.ToolsList ? ListAsync(http, head, surface) : CallAsync(http, head, caller, surface);

    /// <summary>The list for a client of an older revision, whose results carry nothing but the tools.</summary>
    public static Task ListForSessionAsync(HttpContext http, RequestHead head, McpSurface surface)
        => WriteAsync(http, Before(head.Id, "{\"tools\":"u8), surface.Direct.List, "}}"u8);

    private static Task ListAsync(HttpContext http, RequestHead head, McpSurface surface)
        => WriteAsync(http, Before(head.Id, "{\"tools\":"u8), surface.Direct.List, AfterList);

    private async Task CallAsync(HttpContext http, RequestHead head, Caller caller, McpSurface surface)
    {
        var request = new ToolCallRequest(caller with { ClaimedClient = head.ClaimedClient }, head.Name!, head.Arguments)
        {
            Trace = RequestTrace.Of(head.TraceParent, head.TraceState, http.Request.Headers),
        };
        await using var reply = new Reply(http, keepAlive);
        var result = head.ProgressToken.IsEmpty
            ? await surface.Direct.CallAsync(request, http.RequestAborted)
            : await CallAsync(request, head.ProgressToken, reply, surface, http.RequestAborted);
        // The result is an object: its closing brace makes way for the members that the protocol adds.
        await reply.AnswerAsync(StatusCodes.Status200OK, Before(head.Id, default), result[..^1], AfterResult);
    }

    private static async Task<ReadOnlyMemory<byte>> CallAsync(
        ToolCallRequest request, ReadOnlyMemory<byte> token, Reply reply, McpSurface surface, CancellationToken cancellationToken)
    {
        await using var progress = new ProgressRelay(step => reply.SayAsync(Frame(token, step)).AsTask());
        return await surface.Direct.CallAsync(request with { Progress = progress }, cancellationToken);
    }

    private static ReadOnlyMemory<byte> Frame(ReadOnlyMemory<byte> token, ToolProgress step)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        buffer.Write("event: message\ndata: "u8);
        using (var writer = new Utf8JsonWriter(buffer, PlainJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc"u8, "2.0"u8);
            writer.WriteString("method"u8, NotificationMethods.ProgressNotification);
            writer.WriteStartObject("params"u8);
            writer.WritePropertyName("progressToken"u8);
            writer.WriteRawValue(token.Span, skipInputValidation: true);
            writer.WriteNumber("progress"u8, step.Done);
            if (step.Total is { } total)
                writer.WriteNumber("total"u8, total);
            if (step.Message is { } message)
                writer.WriteString("message"u8, message);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        buffer.Write("\n\n"u8);
        return buffer.WrittenMemory;
    }

    private static byte[] Before(ReadOnlyMemory<byte> id, ReadOnlySpan<byte> open)
        => [.. "{\"jsonrpc\":\"2.0\",\"id\":"u8, .. id.Span, .. ",\"result\":"u8, .. open];

    private static async Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> body, ReadOnlyMemory<byte> after)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = before.Length + body.Length + after.Length;
        var output = http.Response.BodyWriter;
        output.Write(before.Span);
        output.Write(body.Span);
        output.Write(after.Span);
        await output.FlushAsync(http.RequestAborted);
    }

    private static Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> body, ReadOnlySpan<byte> after)
        => WriteAsync(http, before, body, (ReadOnlyMemory<byte>)after.ToArray());
}
