using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sallyport.Core;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Audit.Forwarding;
using Sallyport.Gateway.Audit.Sinks;

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
    [Description("Form in which it gets the records.")] RecordForm SyslogRecords = RecordForm.Native,
    [Description("PEM file with the authorities that syslog's certificate may come from.")] string? SyslogCa = null,
    [Description("PEM file with the certificate that syslog is shown.")] string? SyslogCertificate = null,
    [Description("PEM file with its key.")] string? SyslogKey = null,
    [Description("HTTPS receiver of batches of records.")] string? Https = null,
    [Description("Form in which it gets the records.")] RecordForm HttpsRecords = RecordForm.Native,
    [Description("PEM file with the authorities that its certificate may come from.")] string? HttpsCa = null,
    [Description("Token for that receiver: Bearer, or Splunk for splunk-hec.")] Secret? HttpsToken = null,
    [Description("Form of a batch.")] BatchForm HttpsFormat = BatchForm.Array,
    [Description("Records in a batch."), Range(1, 1000)] int HttpsBatchSize = 10,
    [Description("How long a batch waits to fill."), RegularExpression(Duration.Form)] string HttpsFlushAfter = "5s",
    [Description("Checkpoints, kept elsewhere so that a cut at the end of the audit shows.")] CheckpointSettings? Checkpoints = null,
    [Description("How much may wait for a receiver that is away."), Range(1, 1_000_000)] int WaitingMegabytes = 1024,
    [Description("What happens beyond: skip the oldest and record the gap, or refuse every call.")] WhenBehind WhenBehind = WhenBehind.Skip);

/// <summary>Where starts and checkpoints of the chain are kept besides the audit itself.</summary>
internal sealed record CheckpointSettings(
    [Description("A file, best on another machine's disk or one that can only be appended to.")] string? File = null,
    [Description("Syslog receiver, with the authorities and certificate of audit.syslog.")] string? Syslog = null,
    [Description("HTTPS receiver; each is posted as a JSON array of one.")] string? Https = null,
    [Description("Bearer token for that receiver.")] Secret? HttpsToken = null);

/// <summary>What happens when a receiver is so far behind that records would be lost to it.</summary>
internal enum WhenBehind
{
    [JsonStringEnumMemberName("skip")]
    Skip,

    [JsonStringEnumMemberName("refuse")]
    Refuse,
}
