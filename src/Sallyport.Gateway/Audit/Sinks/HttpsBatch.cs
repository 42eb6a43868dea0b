using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace Sallyport.Gateway.Audit.Sinks;

/// <summary>How a batch of records is laid out for its receiver.</summary>
public enum BatchForm
{
    /// <summary>A JSON array.</summary>
    [JsonStringEnumMemberName("array")]
    Array,

    /// <summary>One record a line.</summary>
    [JsonStringEnumMemberName("ndjson")]
    Lines,

    /// <summary>The events of Splunk's HTTP Event Collector, one after the other.</summary>
    [JsonStringEnumMemberName("splunk-hec")]
    SplunkHec,
}

/// <summary>Lays out a batch; the records in it stay as they are.</summary>
internal static class HttpsBatch
{
    public static string TypeOf(BatchForm form) => form == BatchForm.Lines ? "application/x-ndjson" : "application/json";

    public static ReadOnlyMemory<byte> Write(BatchForm form, IReadOnlyList<AuditLine> records)
    {
        var body = new ArrayBufferWriter<byte>(records.Sum(record => record.Utf8.Length + 64));
        if (form == BatchForm.Array) body.Write("["u8);
        for (var i = 0; i < records.Count; i++)
        {
            if (i > 0 && form == BatchForm.Array) body.Write(","u8);
            if (form == BatchForm.SplunkHec) body.Write("{\"event\":"u8);
            body.Write(records[i].Utf8.Span);
            if (form == BatchForm.SplunkHec) body.Write(Encoding.ASCII.GetBytes($",\"sourcetype\":\"_json\",\"time\":{Seconds(records[i].Entry!.Time)}}}"));
            if (form == BatchForm.Lines) body.Write("\n"u8);
        }

        if (form == BatchForm.Array) body.Write("]"u8);
        return body.WrittenMemory;
    }

    /// <summary>Seconds since 1970 with milliseconds, as Splunk wants them.</summary>
    private static string Seconds(DateTimeOffset time) => (time.ToUnixTimeMilliseconds() / 1000m).ToString("F3", CultureInfo.InvariantCulture);
}
