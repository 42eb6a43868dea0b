using System.Globalization;
using System.Text.Json;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Defender.Hunting;

/// <summary>What a caller sees of a hunt: columns, rows, and what must be known about them.</summary>
internal static class HuntAnswer
{
    private const int UpstreamMostRows = 100_000;

    public static ToolContent Write(HuntReader hunt, HuntRun run)
    {
        var buffer = new MemoryStream(hunt.Rows.Length + 1024);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("schema");
        foreach (var column in hunt.Columns)
        {
            json.WriteStartObject();
            json.WriteString("Name", column.Name);
            json.WriteString("Type", column.Type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("rows");
        json.WriteRawValue(hunt.Rows, skipInputValidation: true);
        json.WriteStartObject("metadata");
        Metadata(json, hunt, run);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return ToolContent.FromJson(buffer.ToArray());
    }

    private static void Metadata(Utf8JsonWriter json, HuntReader hunt, HuntRun run)
    {
        var isCut = hunt.Total > hunt.Kept;
        json.WriteNumber("row_count", hunt.Kept);
        json.WriteNumber("column_count", hunt.Columns.Count);
        json.WriteString("timespan", run.Window.Text);
        if (!run.IsWindowApplied)
            json.WriteBoolean("timespan_applied", false);
        if (isCut)
        {
            json.WriteBoolean("truncated", true);
            json.WriteNumber("total_row_count", hunt.Total);
        }

        if ((isCut || hunt.Kept == run.Limit) && NextBefore(hunt.Times) is { } next && run.CanContinue)
            json.WriteString("next_before", next);
        if (run.IsQueryCleaned)
            json.WriteBoolean("query_sanitized", true);
        var warnings = Warnings(hunt, run).ToList();
        if (warnings.Count == 0)
            return;
        json.WriteStartArray("warnings");
        foreach (var warning in warnings)
            json.WriteStringValue(warning);
        json.WriteEndArray();
    }

    private static IEnumerable<string> Warnings(HuntReader hunt, HuntRun run)
    {
        if (run.Window.Length > HuntWindow.Retention)
            yield return "Defender keeps 30 days of its own data; older rows exist only where a longer retention is set up.";
        if (!run.IsWindowApplied)
            yield return "The older interface has no time window: the rows are of the last 30 days unless the query filters on Timestamp.";
        if (hunt.Total >= UpstreamMostRows)
            yield return "Defender returns at most 100,000 rows; there may be more. Narrow the query.";
        if (hunt.Total > hunt.Kept)
            yield return "Only the first rows are kept; narrow the query, or continue with 'before' where next_before is given.";
    }

    /// <summary>Where to go on when the rows are newest first: the last time shown, whose rows may come twice but are not lost.</summary>
    private static string? NextBefore(IReadOnlyList<string> times)
    {
        DateTimeOffset? last = null;
        foreach (var text in times)
        {
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) || time > last)
                return null;
            last = time;
        }

        return last?.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
    }
}

/// <summary>How a hunt was asked.</summary>
/// <param name="IsWindowApplied">Whether the platform itself kept to the window.</param>
/// <param name="Limit">Rows asked for, when the query has a limit we wrote.</param>
internal sealed record HuntRun(HuntWindow Window, bool IsWindowApplied, bool IsQueryCleaned, bool CanContinue, int? Limit = null);
