using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Core;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Investigations.Ocsf;

namespace Sallyport.Gateway.Investigations.Asking;

/// <summary>Writes a joined result: first who was asked and who did not answer, then what was found.</summary>
internal static class ViewWriter
{
    public const string Rows = "events";

    public static View Write(SourceDesk desk, JsonObject summary, IReadOnlyList<JsonObject> events, params IReadOnlyList<ToolAttachment> pictures)
    {
        var reports = desk.Reports;
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var writer = new Utf8JsonWriter(buffer, PlainJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("as_of", OcsfEvent.Text(desk.Now));
            writer.WriteBoolean("complete", reports.Count > 0 && reports.All(report => report.IsWhole));
            if (Caution(reports) is { } caution)
                writer.WriteString("caution", caution);
            writer.WriteStartArray("sources");
            foreach (var report in reports)
                Write(writer, report);
            writer.WriteEndArray();
            writer.WritePropertyName("summary");
            summary.WriteTo(writer);
            writer.WriteStartArray(Rows);
            foreach (var row in events)
                row.WriteTo(writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return new View(buffer.WrittenMemory, pictures);
    }

    /// <summary>One sentence that keeps silence from being read as an answer.</summary>
    private static string? Caution(IReadOnlyList<SourceReport> reports)
    {
        if (reports.Count == 0)
            return "No source was asked: nothing here says that there is nothing.";
        var silent = reports.Where(report => report.Status is not (SourceStatus.Ok or SourceStatus.Empty)).Select(report => $"{report.Source} {report.Asked} ({report.Word})").Distinct().ToList();
        return silent.Count == 0 ? null : $"Not known because it was not answered, and so not clean: {string.Join(", ", silent)}.";
    }

    private static void Write(Utf8JsonWriter writer, SourceReport report)
    {
        writer.WriteStartObject();
        writer.WriteString("source", report.Source);
        writer.WriteString("asked", report.Asked);
        writer.WriteString("status", report.Word);
        writer.WriteNumber("count", report.Count);
        if (report.Total is { } total && total != report.Count)
            writer.WriteNumber("total", total);
        if (report.Incomplete is { } incomplete)
            writer.WriteString("incomplete", incomplete);
        if (report.Code is { } code)
            writer.WriteString("code", code);
        if (report.Message is { } message)
            writer.WriteString("message", message);
        if (report.RetryAfter is { } seconds)
            writer.WriteNumber("retry_after", seconds);
        writer.WriteNumber("ms", (long)report.Took.TotalMilliseconds);
        writer.WriteString("call_id", report.CallId);
        writer.WriteEndObject();
    }
}
