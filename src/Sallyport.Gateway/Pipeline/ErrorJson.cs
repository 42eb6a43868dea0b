using System.Buffers;
using System.Text.Json;
using Sallyport.Core;

namespace Sallyport.Gateway.Pipeline;

/// <summary>Writes <c>{"error":{"code","message","hint","retryAfter","approvalId","held","callId"}}</c>, the one shape of failure on every road.</summary>
public static class ErrorJson
{
    public static ReadOnlyMemory<byte> ToUtf8(ToolOutcome outcome) => ToUtf8(outcome.Problem!, outcome.CallId);

    /// <param name="callId">Null when there was no call: a host refused the request before the pipeline saw it.</param>
    public static ReadOnlyMemory<byte> ToUtf8(ToolError error, string? callId = null)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, PlainJson.Options);
        writer.WriteStartObject();
        Write(writer, callId, error);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    internal static void Write(Utf8JsonWriter writer, string? callId, ToolError error)
    {
        writer.WriteStartObject("error");
        writer.WriteString("code", error.Code);
        writer.WriteString("message", error.Message);
        if (error.Hint is { } hint)
            writer.WriteString("hint", hint);
        if (error.RetryAfter is { } seconds)
            writer.WriteNumber("retryAfter", seconds);
        if (error.ApprovalId is { } approval)
            writer.WriteString("approvalId", approval);
        if (error.Held is { } held)
            held.Write(writer);
        if (callId is not null)
            writer.WriteString("callId", callId);
        writer.WriteEndObject();
    }
}
