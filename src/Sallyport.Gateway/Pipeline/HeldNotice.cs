using System.Globalization;
using System.Text.Json;
using Sallyport.Gateway.Approvals;

namespace Sallyport.Gateway.Pipeline;

/// <summary>What a held call would do, to what, and what it waits for, as its caller is told.</summary>
/// <param name="Arguments">The caller's own, as the audit keeps them.</param>
public sealed record HeldNotice(string Tool, string Does, string Tenant, ReadOnlyMemory<byte> Arguments, HeldCall Call)
{
    private const int MostArgumentBytes = 4096;

    /// <summary>Whether the yes of whoever sits at the caller's client would do.</summary>
    public bool AcknowledgementCounts { get; init; }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("held");
        writer.WriteString("tool", Tool);
        writer.WriteString("does", Does);
        writer.WriteString("tenant", Tenant);
        if (Arguments.Length <= MostArgumentBytes)
        {
            writer.WritePropertyName("arguments");
            writer.WriteRawValue(Arguments.Span, skipInputValidation: true);
        }

        writer.WriteString("reason", Call.Reason);
        if (Call.TaintedBy.Count > 0)
        {
            writer.WriteStartArray("taintedBy");
            foreach (var read in Call.TaintedBy)
                writer.WriteStringValue(read);
            writer.WriteEndArray();
        }

        writer.WriteNumber("approvers", Call.Approvers);
        writer.WriteNumber("approved", Call.ApprovedBy.Count);
        writer.WriteString("expires", Call.Expires.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }
}
