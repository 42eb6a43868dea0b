using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Mcp.Serving;

/// <summary>
/// Turns the outcome of a call into what MCP shows: compact JSON as text and the same value as structured content, and
/// files beside it. Written once, as bytes, so that every transport gives the same.
/// </summary>
internal static class ToolResults
{
    private const int Frame = 256;

    // Text inside text: only what JSON itself needs is escaped, which keeps results a third smaller.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>A JSON object with <c>content</c>, <c>structuredContent</c> and, for anything but success, <c>isError</c>.</summary>
    public static ReadOnlyMemory<byte> ToUtf8(ToolOutcome outcome)
    {
        var json = outcome is ToolOutcome.Succeeded succeeded ? succeeded.Json : ErrorJson.ToUtf8(outcome);
        IReadOnlyList<ToolAttachment> attachments = outcome is ToolOutcome.Succeeded { Attachments: var files } ? files : [];
        var buffer = new ArrayBufferWriter<byte>((json.Length * 9 / 4) + Frame + attachments.Sum(file => file.Bytes.Length * 4 / 3));
        using var writer = new Utf8JsonWriter(buffer, Compact);
        writer.WriteStartObject();
        writer.WriteStartArray("content"u8);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "text"u8);
        writer.WriteString("text"u8, json.Span);
        writer.WriteEndObject();
        foreach (var file in attachments)
            Write(writer, file);
        writer.WriteEndArray();
        writer.WritePropertyName("structuredContent"u8);
        writer.WriteRawValue(json.Span, skipInputValidation: true);
        if (outcome is not ToolOutcome.Succeeded)
            writer.WriteBoolean("isError"u8, true);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>The same result for the protocol library.</summary>
    public static CallToolResult ToProtocol(ReadOnlyMemory<byte> utf8)
        => JsonSerializer.Deserialize(utf8.Span, McpJsonUtilities.GetTypeInfo<CallToolResult>(McpJsonUtilities.DefaultOptions))!;

    private static void Write(Utf8JsonWriter writer, ToolAttachment file)
    {
        writer.WriteStartObject();
        if (file.MimeType.StartsWith("image/", StringComparison.Ordinal))
        {
            writer.WriteString("type"u8, "image"u8);
            writer.WriteBase64String("data"u8, file.Bytes.Span);
            writer.WriteString("mimeType"u8, file.MimeType);
        }
        else
        {
            writer.WriteString("type"u8, "resource"u8);
            writer.WriteStartObject("resource"u8);
            writer.WriteString("uri"u8, file.Uri);
            writer.WriteString("mimeType"u8, file.MimeType);
            writer.WriteBase64String("blob"u8, file.Bytes.Span);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
