using System.Text.Json;
using ModelContextProtocol.Protocol;
using Sallyport.Mcp.Serving;

namespace Sallyport.Mcp.Http;

/// <summary>What the edge must know about a message to decide where it goes, read in one pass over its bytes.</summary>
internal sealed class RequestHead
{
    private bool _hasRepeats;

    private RequestHead(ReadOnlyMemory<byte> body) => Body = body;

    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>As sent, a JSON string or number; empty on notifications and answers.</summary>
    public ReadOnlyMemory<byte> Id { get; private set; }

    /// <summary>Null on answers to our own requests.</summary>
    public string? Method { get; private set; }

    /// <summary><c>params.name</c>, <c>params.uri</c> or <c>params.taskId</c>: what a request is about.</summary>
    public string? Name { get; private set; }

    public string? Uri { get; private set; }

    public string? TaskId { get; private set; }

    /// <summary>The arguments object as sent, a slice of the body; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Arguments { get; private set; }

    public bool HasCursor { get; private set; }

    /// <summary>The request that a cancellation is about, as sent; empty when there is none.</summary>
    public ReadOnlyMemory<byte> CancelledId { get; private set; }

    public string? ProtocolVersion { get; private set; }

    public bool HasCapabilities { get; private set; }

    /// <summary>The client can put a question to the person in front of it.</summary>
    public bool CanBeAsked { get; private set; }

    /// <summary>The client answers a question of ours.</summary>
    public bool HasAnswer { get; private set; }

    /// <summary>As sent; empty when the client wants no progress.</summary>
    public ReadOnlyMemory<byte> ProgressToken { get; private set; }

    public string? ClaimedClient { get; private set; }

    /// <summary>W3C trace context as the client sent it, checked by nobody.</summary>
    public string? TraceParent { get; private set; }

    public string? TraceState { get; private set; }

    public bool IsRequest => Method is not null && !Id.IsEmpty;

    /// <summary>The name that routing headers repeat, for the methods that have one.</summary>
    public string? RoutingName => Method switch
    {
        RequestMethods.ToolsCall or RequestMethods.PromptsGet => Name,
        RequestMethods.ResourcesRead => Uri,
        "tasks/get" or "tasks/update" or "tasks/cancel" => TaskId,
        _ => null,
    };

    /// <summary>Null when the body is not one JSON-RPC message: not JSON, too deep, a batch, or with members twice.</summary>
    public static RequestHead? Parse(ReadOnlyMemory<byte> body)
    {
        var head = new RequestHead(body);
        try
        {
            var reader = new Utf8JsonReader(body.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            var isRpc = head.ReadMessage(ref reader);
            return isRpc && !reader.Read() && !head._hasRepeats ? head : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape that is not Unicode.
            return null;
        }
    }

    private bool ReadMessage(ref Utf8JsonReader reader)
    {
        var isRpc = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("jsonrpc"u8))
                isRpc = reader.Read() && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("2.0"u8);
            else if (reader.ValueTextEquals("id"u8))
                Id = Once(Id.IsEmpty, ReadId(ref reader));
            else if (reader.ValueTextEquals("method"u8))
                Method = Once(Method is null, ReadMethod(ref reader));
            else if (reader.ValueTextEquals("params"u8))
                ReadParams(ref reader);
            else
                Skip(ref reader);
        }

        return isRpc;
    }

    private ReadOnlyMemory<byte> ReadId(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
            return Slice(ref reader);
        throw new JsonException();
    }

    private static string ReadMethod(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException();
        return reader.ValueTextEquals("tools/call"u8) ? RequestMethods.ToolsCall
            : reader.ValueTextEquals("tools/list"u8) ? RequestMethods.ToolsList
            : reader.GetString()!;
    }

    private void ReadParams(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
                Name = Once(Name is null, Text(ref reader));
            else if (reader.ValueTextEquals("uri"u8))
                Uri = Once(Uri is null, Text(ref reader));
            else if (reader.ValueTextEquals("taskId"u8))
                TaskId = Once(TaskId is null, Text(ref reader));
            else if (reader.ValueTextEquals("arguments"u8))
                Arguments = Once(Arguments.IsEmpty, Value(ref reader));
            else if (reader.ValueTextEquals("_meta"u8))
                ReadMeta(ref reader);
            else if (reader.ValueTextEquals("requestId"u8))
                CancelledId = ReadToken(ref reader);
            else
            {
                HasCursor |= reader.ValueTextEquals("cursor"u8);
                HasAnswer |= reader.ValueTextEquals("inputResponses"u8) || reader.ValueTextEquals("requestState"u8);
                Skip(ref reader);
            }
        }
    }

    private void ReadMeta(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("io.modelcontextprotocol/protocolVersion"u8))
                ProtocolVersion = Once(ProtocolVersion is null, Text(ref reader));
            else if (reader.ValueTextEquals("io.modelcontextprotocol/clientCapabilities"u8))
            {
                reader.Read();
                HasCapabilities = reader.TokenType == JsonTokenType.StartObject;
                ReadCapabilities(ref reader);
            }
            else if (reader.ValueTextEquals("io.modelcontextprotocol/clientInfo"u8))
                ReadClient(ref reader);
            else if (reader.ValueTextEquals("progressToken"u8))
                ProgressToken = ReadToken(ref reader);
            else if (reader.ValueTextEquals("traceparent"u8))
                TraceParent = Text(ref reader);
            else if (reader.ValueTextEquals("tracestate"u8))
                TraceState = Text(ref reader);
            else
                Skip(ref reader);
        }
    }

    private void ReadCapabilities(ref Utf8JsonReader reader)
    {
        if (!HasCapabilities)
            reader.Skip();
        while (HasCapabilities && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            CanBeAsked |= reader.ValueTextEquals("elicitation"u8);
            Skip(ref reader);
        }
    }

    private void ReadClient(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        string? name = null, version = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
                name = Text(ref reader);
            else if (reader.ValueTextEquals("version"u8))
                version = Text(ref reader);
            else
                Skip(ref reader);
        }

        ClaimedClient = name is null ? null : CallerPrincipal.ClaimedClientOf(name, version);
    }

    private ReadOnlyMemory<byte> ReadToken(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
            return Slice(ref reader);
        reader.Skip();
        return default;
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString();
        reader.Skip();
        return null;
    }

    private ReadOnlyMemory<byte> Value(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return Body[start..(int)reader.BytesConsumed];
    }

    private ReadOnlyMemory<byte> Slice(ref Utf8JsonReader reader) => Body[(int)reader.TokenStartIndex..(int)reader.BytesConsumed];

    private static void Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    /// <summary>A member that is there twice could mean one thing to the checks here and another to whoever reads it next.</summary>
    private T Once<T>(bool isFirst, T value)
    {
        _hasRepeats |= !isFirst;
        return value;
    }
}
