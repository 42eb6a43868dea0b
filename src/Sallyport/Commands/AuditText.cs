using System.Globalization;
using System.Text;
using Sallyport.Gateway.Audit;

namespace Sallyport.Commands;

/// <summary>One audit record as a line for people; control characters in it cannot reach the terminal.</summary>
internal static class AuditText
{
    public static string Of(AuditEntry entry)
    {
        var line = new StringBuilder(160);
        line.Append(entry.Time.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)).Append(' ').Append(entry.Event.PadRight(10));
        Add(line, null, entry.Caller);
        Add(line, null, entry.Tool);
        Add(line, "tenant", entry.Tenant);
        Add(line, "outcome", entry.Outcome);
        Add(line, "code", entry.Code);
        Add(line, "gate", entry.Gate);
        Add(line, "approval", entry.Approval);
        Add(line, "channel", entry.Channel);
        Add(line, "tainted-by", entry.TaintedBy is { Count: > 0 } reads ? string.Join(',', reads) : null);
        Add(line, "ms", entry.DurationMs?.ToString(CultureInfo.InvariantCulture));
        Add(line, "bytes", entry.Bytes?.ToString(CultureInfo.InvariantCulture));
        Add(line, "arguments", entry.Arguments?.GetRawText());
        Add(line, "call", entry.CallId);
        Add(line, "reason", entry.Reason);
        Add(line, "receiver", entry.Sink);
        Add(line, "records", entry.Count?.ToString(CultureInfo.InvariantCulture));
        Add(line, "from", entry.FirstSeq?.ToString(CultureInfo.InvariantCulture));
        return line.ToString();
    }

    private static void Add(StringBuilder line, string? name, string? value)
    {
        if (value is null)
            return;
        line.Append(' ');
        if (name is not null)
            line.Append(name).Append('=');
        foreach (var c in value)
            line.Append(char.IsControl(c) ? '?' : c);
    }
}
