using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Sallyport.Mcp.Http;

/// <summary>Why a message was not handled: a JSON-RPC error and the HTTP status that goes with it.</summary>
internal sealed record RpcError(int Status, int Code, string Message)
{
    /// <summary>The revision a client asked for and we do not speak; shown with those we do.</summary>
    public string? Requested { get; init; }

    public static RpcError Malformed { get; } = new(StatusCodes.Status400BadRequest, -32700, "The body must be one JSON-RPC 2.0 message.");

    public static RpcError TooLarge { get; } = new(StatusCodes.Status413PayloadTooLarge, -32600, "The message is too large.");

    public static RpcError NoSession { get; } = new(StatusCodes.Status400BadRequest, -32600, "Begin with 'initialize', then send Mcp-Session-Id with every request.");

    public static RpcError SessionUnknown { get; } = new(StatusCodes.Status404NotFound, -32001, "Session not found; begin again with 'initialize'.");

    public static RpcError SessionOfAnother { get; } = new(StatusCodes.Status403Forbidden, -32001, "This session belongs to another caller.");

    public static RpcError TooManySessions { get; } = new(StatusCodes.Status503ServiceUnavailable, -32000, "Too many sessions are open; try again later.");

    public static RpcError Mismatch(string what) => new(StatusCodes.Status400BadRequest, -32020, what);

    public static RpcError Invalid(string what) => new(StatusCodes.Status400BadRequest, -32602, what);

    public static RpcError UnknownMethod(string method) => new(StatusCodes.Status404NotFound, -32601, $"Method '{method}' is not available.");

    public static RpcError UnknownRevision(string requested)
        => new(StatusCodes.Status400BadRequest, -32022, "Unsupported protocol version.") { Requested = requested };

    /// <summary>The status for an error that a handler gave.</summary>
    public static int StatusOf(int code) => code switch
    {
        -32601 => StatusCodes.Status404NotFound,
        -32020 or -32021 or -32022 => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status200OK,
    };

    /// <param name="id">The request's id as sent; empty when it is not known.</param>
    public Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> id, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc"u8, "2.0"u8);
            writer.WritePropertyName("id"u8);
            writer.WriteRawValue(id.IsEmpty ? "null"u8 : id.Span, skipInputValidation: true);
            writer.WriteStartObject("error"u8);
            writer.WriteNumber("code"u8, Code);
            writer.WriteString("message"u8, Message);
            if (Requested is not null)
                WriteRevisions(writer, Requested);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        response.StatusCode = Status;
        response.ContentType = "application/json";
        response.ContentLength = buffer.WrittenCount;
        return response.Body.WriteAsync(buffer.WrittenMemory, cancellationToken).AsTask();
    }

    private static void WriteRevisions(Utf8JsonWriter writer, string requested)
    {
        writer.WriteStartObject("data"u8);
        writer.WriteStartArray("supported"u8);
        writer.WriteStringValue(Revisions.Modern);
        writer.WriteEndArray();
        writer.WriteString("requested"u8, requested);
        writer.WriteEndObject();
    }
}
