using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sallyport.Core;
using Sallyport.Gateway.Audit;

namespace Sallyport.Configuration.Sections;

/// <summary>Where audit records go, how the chain is keyed, and when a record counts as written.</summary>
internal sealed record AuditSettings(
    [Description("JSON-lines file; audit.jsonl in the state directory when left out.")] string? File = null,
    [Description("Key of the chain, at least 32 bytes, as hexadecimal or text; a key for this run only when left out.")] Secret? HmacKey = null,
    [Description("The key before this one, so that a changed key is told from a log that somebody replaced, and older records are checked.")] Secret? PreviousKey = null,
    [Description("true refuses to serve HTTP without a key; the default is to refuse on addresses other machines reach.")] bool? RequireKey = null,
    [Description("What is flushed to disk before a call goes on: writes, all, or nothing (os).")] AuditDurability Durability = AuditDurability.Writes,
    [Description("Size at which the file is set aside and a new one goes on with the chain; 0 never."), Range(0, 1_000_000)] int RotateMegabytes = 256,
    [Description("Age at which it is, looked at when a record is written; 0s never."), RegularExpression(Duration.Form)] string RotateAfter = "1d",
    [Description("Syslog receiver, [tcp|udp|tcp+tls://]host[:port].")] string? Syslog = null,
    [Description("PEM file with the authorities that syslog's certificate may come from.")] string? SyslogCa = null,
    [Description("HTTPS receiver of batches of records.")] string? Https = null,
    [Description("Bearer token for that receiver.")] Secret? HttpsToken = null,
    [Description("Form of a batch.")] AuditBatchFormat HttpsFormat = AuditBatchFormat.Array,
    [Description("Records in a batch."), Range(1, 1000)] int HttpsBatchSize = 10,
    [Description("How long a batch waits to fill."), RegularExpression(Duration.Form)] string HttpsFlushAfter = "5s");

/// <summary>How a batch of records is laid out for its receiver.</summary>
internal enum AuditBatchFormat
{
    [JsonStringEnumMemberName("array")]
    Array,

    [JsonStringEnumMemberName("ndjson")]
    Lines,

    [JsonStringEnumMemberName("splunk-hec")]
    SplunkHec,
}
