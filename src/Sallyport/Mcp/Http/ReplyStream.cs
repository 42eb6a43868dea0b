using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Sallyport.Mcp.Http;

/// <summary>
/// Where the protocol library writes the event stream of one request. It always writes frames; when its first message is
/// the answer, that goes out as plain JSON instead. Frames are passed on whole, so that a keep-alive never splits one.
/// </summary>
internal sealed class ReplyStream(Reply reply) : Stream
{
    // The library's own writer escapes quotes and everything outside ASCII, which makes JSON inside text much longer.
    private static readonly JsonTypeInfo<JsonRpcMessage> Compact = McpJsonUtilities.GetTypeInfo<JsonRpcMessage>(
        new JsonSerializerOptions(McpJsonUtilities.DefaultOptions) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private readonly ArrayBufferWriter<byte> _frame = new();
    private bool _isAnswered;

    /// <summary>Whether the first thing said was an error.</summary>
    public bool IsError { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Called by the library before it writes its first message.</summary>
    public async ValueTask BeginAsync(JsonRpcMessage? first)
    {
        IsError = first is JsonRpcError;
        if (reply.IsStream || first is not (JsonRpcResponse or JsonRpcError))
            return;
        _isAnswered = true;
        var status = first is JsonRpcError error ? RpcError.StatusOf(error.Error.Code) : StatusCodes.Status200OK;
        await reply.AnswerAsync(status, JsonSerializer.SerializeToUtf8Bytes(first, Compact));
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isAnswered)
            return ValueTask.CompletedTask;
        _frame.Write(buffer.Span);
        return _frame.WrittenSpan.EndsWith("\n\n"u8) ? PassOnAsync() : ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronous writes.");

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
        // Every frame is flushed as it is passed on.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async ValueTask PassOnAsync()
    {
        ReadOnlyMemory<byte> frame = _frame.WrittenSpan.ToArray();
        _frame.ResetWrittenCount();
        // In sessions the library announces its first message before it knows it, so it is looked at here.
        if (!reply.IsStream && Answer(frame) is { IsEmpty: false } answer)
        {
            _isAnswered = true;
            await reply.AnswerAsync(StatusCodes.Status200OK, answer);
            return;
        }

        await reply.SayAsync(frame);
    }

    /// <summary>The message in a frame when it is an answer; empty when it is something said before one.</summary>
    private ReadOnlyMemory<byte> Answer(ReadOnlyMemory<byte> frame)
    {
        var start = frame.Span.IndexOf("data: "u8);
        if (start < 0)
            return default;
        var message = frame[(start + "data: ".Length)..^2];
        var reader = new Utf8JsonReader(message.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("method"u8))
                return default;
            IsError |= reader.ValueTextEquals("error"u8);
            reader.Skip();
        }

        return message;
    }
}
