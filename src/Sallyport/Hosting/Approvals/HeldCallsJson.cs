using System.Buffers;
using System.Text.Json;
using Sallyport.Core;
using Sallyport.Gateway.Approvals;

namespace Sallyport.Hosting.Approvals;

/// <summary>Held calls as <c>GET /approvals</c> and the command line show them.</summary>
internal static class HeldCallsJson
{
    public static ReadOnlyMemory<byte> Of(IEnumerable<HeldCall> calls)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, PlainJson.Options);
        writer.WriteStartObject();
        writer.WriteStartArray("approvals"u8);
        foreach (var call in calls)
            Write(writer, call);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, HeldCall call)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, call.Id);
        writer.WriteString("tool"u8, call.Tool);
        writer.WriteString("tenant"u8, call.Tenant);
        writer.WriteString("caller"u8, call.Caller);
        writer.WritePropertyName("arguments"u8);
        writer.WriteRawValue(call.Arguments.Span, skipInputValidation: true);
        writer.WriteString("reason"u8, call.Reason);
        writer.WriteString("expires"u8, call.Expires);
        writer.WriteNumber("approvers"u8, call.Approvers);
        Strings(writer, "approvedBy", call.ApprovedBy);
        Strings(writer, "taintedBy", call.TaintedBy);
        writer.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
