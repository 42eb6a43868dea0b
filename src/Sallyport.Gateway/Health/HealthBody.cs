using System.Buffers;
using System.Text.Json;
using Sallyport.Core;

namespace Sallyport.Gateway.Health;

/// <summary>The answer of <c>GET /health</c>, in the form that scripts for the reference server read.</summary>
public static class HealthBody
{
    private const int HistoryShown = 10;

    /// <param name="report">What this caller may see.</param>
    /// <param name="past">Earlier rounds as this caller may see them, oldest first.</param>
    public static ReadOnlyMemory<byte> Write(HealthReport report, IReadOnlyList<HealthReport> past, TimeSpan age, string transport)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer, PlainJson.Options);
        writer.WriteStartObject();
        writer.WriteString("status"u8, Word(report.Overall));
        writer.WriteString("timestamp"u8, report.At.UtcDateTime);
        writer.WriteString("transport"u8, transport);
        writer.WriteStartObject("checks"u8);
        foreach (var check in report.Checks)
            Write(writer, check);
        writer.WriteEndObject();
        Summary(writer, report, past, age);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    public static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };

    private static void Write(Utf8JsonWriter writer, CheckedHealth check)
    {
        writer.WriteStartObject(check.Name);
        writer.WriteString("name"u8, check.Name);
        writer.WriteString("status"u8, Word(check.Status));
        writer.WriteString("message"u8, check.Finding.Message);
        writer.WriteNumber("priority"u8, (int)check.Priority);
        writer.WriteString("priority_name"u8, check.Priority.ToString().ToUpperInvariant());
        writer.WriteString("timestamp"u8, check.At.UtcDateTime);
        writer.WriteNumber("duration"u8, Seconds(check.Took));
        writer.WritePropertyName("metadata"u8);
        if (check.Finding.Metadata is { } metadata)
            metadata.WriteTo(writer);
        else
            writer.WriteRawValue("{}"u8);
        writer.WriteEndObject();
    }

    private static void Summary(Utf8JsonWriter writer, HealthReport report, IReadOnlyList<HealthReport> past, TimeSpan age)
    {
        writer.WriteStartObject("summary"u8);
        writer.WriteNumber("total_checks"u8, report.Checks.Count);
        writer.WriteNumber("healthy_checks"u8, Count(report.Checks, HealthStatus.Healthy));
        writer.WriteNumber("degraded_checks"u8, Count(report.Checks, HealthStatus.Degraded));
        writer.WriteNumber("unhealthy_checks"u8, Count(report.Checks, HealthStatus.Unhealthy));
        writer.WriteString("overall_status"u8, Word(report.Overall));
        writer.WriteString("timestamp"u8, report.At.UtcDateTime);
        writer.WriteNumber("age_seconds"u8, Seconds(age));
        writer.WriteBoolean("is_stale"u8, age >= HealthOptions.StaleAfter);
        writer.WriteNumber("average_duration"u8, report.Checks.Count == 0 ? 0 : Math.Round(report.Checks.Average(check => check.Took.TotalSeconds), 4));
        writer.WriteStartObject("priority_breakdown"u8);
        foreach (var priority in Enum.GetValues<HealthPriority>())
            Breakdown(writer, priority, [.. report.Checks.Where(check => check.Priority == priority)]);
        writer.WriteEndObject();
        writer.WriteStartObject("check_priorities"u8);
        foreach (var check in report.Checks)
            writer.WriteNumber(check.Name, (int)check.Priority);
        writer.WriteEndObject();
        writer.WriteStartArray("history"u8);
        foreach (var round in past.Skip(Math.Max(0, past.Count - HistoryShown)))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp"u8, round.At.UtcDateTime);
            writer.WriteString("status"u8, Word(round.Overall));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Breakdown(Utf8JsonWriter writer, HealthPriority priority, IReadOnlyList<CheckedHealth> checks)
    {
        writer.WriteStartObject(priority.ToString().ToLowerInvariant());
        writer.WriteNumber("total"u8, checks.Count);
        writer.WriteNumber("healthy"u8, Count(checks, HealthStatus.Healthy));
        writer.WriteNumber("degraded"u8, Count(checks, HealthStatus.Degraded));
        writer.WriteNumber("unhealthy"u8, Count(checks, HealthStatus.Unhealthy));
        writer.WriteEndObject();
    }

    private static int Count(IReadOnlyList<CheckedHealth> checks, HealthStatus status) => checks.Count(check => check.Status == status);

    private static double Seconds(TimeSpan span) => Math.Round(span.TotalSeconds, 4);
}
