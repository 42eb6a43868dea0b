using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sallyport.Core;
using Sallyport.Core.Schemas;

namespace Sallyport.Configuration.Sections;

/// <summary>Logs, metrics and traces.</summary>
internal sealed record ObservabilitySettings(
    [Description("Form of log lines on standard error.")] LogFormat LogFormat = LogFormat.Text,
    [Description("Least important line that is written.")] LogThreshold LogLevel = LogThreshold.Information,
    [Description("A file to write the log to as well; made 0600.")] string? LogFile = null,
    [Description("Bytes of the log file until it becomes NAME.1 and a new one begins."), Range(1_024, 1_073_741_824)] int LogFileBytes = 10_485_760,
    [Description("Full log files that are kept."), Range(0, 100)] int LogFileBackups = 5,
    [Description("Serve Prometheus metrics at /metrics.")] bool Metrics = true,
    [Description("A second address and port, for /metrics and nothing else; callers and TLS are those of http."), RegularExpression(Listen.Form)] string? MetricsListen = null,
    [Description("OTLP endpoint for traces and metrics."), Format(TextFormat.Uri)] string? Otlp = null,
    [Description("Traces that the gate begins in one second at most; those that callers began are kept as the caller marked them."), Range(1, 1_000_000)] int TracesPerSecond = 100);

/// <summary>Where what must survive a restart is kept.</summary>
internal sealed record StateSettings(
    [Description("Directory of audit, approvals and jobs; ~/.local/state/sallyport when left out.")] string? Directory = null,
    [Description("PostgreSQL connection string, for state that several instances share.")] Secret? Postgres = null);

/// <summary>Form of log lines.</summary>
internal enum LogFormat
{
    [JsonStringEnumMemberName("text")]
    Text,

    [JsonStringEnumMemberName("json")]
    Json,
}

/// <summary>How important a log line must be to be written.</summary>
internal enum LogThreshold
{
    [JsonStringEnumMemberName("debug")]
    Debug,

    [JsonStringEnumMemberName("information")]
    Information,

    [JsonStringEnumMemberName("warning")]
    Warning,

    [JsonStringEnumMemberName("error")]
    Error,

    [JsonStringEnumMemberName("critical")]
    Critical,
}
