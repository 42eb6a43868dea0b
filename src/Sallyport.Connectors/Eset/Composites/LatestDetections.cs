using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Core;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Composites;

/// <summary>The newest detections of a window of time. ESET's lists are in no order, so the whole window is read and the newest kept.</summary>
internal static class LatestDetections
{
    private const string Service = "incident-management";
    private const int PageSize = 1000;

    /// <summary>50,000 rows; a longer window is said to be truncated.</summary>
    private const int MaxPages = 50;

    private static readonly string[] Severities = ["LOW", "MEDIUM", "HIGH"];

    public static async Task<ToolContent> RunAsync(EsetClient eset, LatestOf args, ToolContext context, CancellationToken cancellationToken)
    {
        var end = context.Time.GetUtcNow();
        var window = new JsonObject { ["hours"] = args.Hours, ["startTime"] = Time(end.AddHours(-args.Hours)), ["endTime"] = Time(end) };
        var query = $"?pageSize={PageSize}&startTime={Escaped(window["startTime"]!)}&endTime={Escaped(window["endTime"]!)}";
        using var parts = new Parts(eset, context);
        var result = new JsonObject { ["window"] = window };
        Newest newest;
        try
        {
            newest = await ReadAsync(parts, "/v2/detections" + query, args, context, cancellationToken);
            result["source"] = "v2";
        }
        catch (UpstreamException exception) when (exception.Failure is not (UpstreamFailure.Auth or UpstreamFailure.Throttled))
        {
            // Said in the result, because the older list knows fewer kinds of detection.
            newest = await ReadAsync(parts, "/v1/detections" + query, args, context, cancellationToken);
            (result["source"], result["v2Failure"]) = ("v1", exception.Message);
        }

        var rows = newest.Rows();
        result["totalInWindow"] = newest.Total;
        result["truncated"] = newest.IsTruncated;
        result["returned"] = rows.Length;
        result["detections"] = new JsonArray([.. rows.Select(Parts.Node)]);
        return Parts.Content(result);
    }

    private static async Task<Newest> ReadAsync(Parts parts, string path, LatestOf args, ToolContext context, CancellationToken cancellationToken)
    {
        var wanted = args.SeverityMin is null ? null : Severities.SkipWhile(severity => severity != args.SeverityMin).Select(severity => $"SEVERITY_LEVEL_{severity}").ToHashSet(StringComparer.Ordinal);
        var newest = new Newest(args.Limit, wanted);
        var token = "";
        for (var page = 0; page < MaxPages; page++)
        {
            var answer = await parts.GetAsync(Service, token.Length == 0 ? path : $"{path}&pageToken={Uri.EscapeDataString(token)}", cancellationToken);
            if (answer.TryGetProperty("detections", out var rows) && rows.ValueKind == JsonValueKind.Array)
            {
                foreach (var row in rows.EnumerateArray())
                    newest.Add(row);
            }

            token = answer.TryGetProperty("nextPageToken", out var next) ? next.GetString() ?? "" : "";
            if (token.Length == 0)
                return newest;
            context.Report(page + 1, message: $"{newest.Total} detections so far.");
        }

        newest.IsTruncated = true;
        return newest;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Escaped(JsonNode text) => Uri.EscapeDataString((string)text!);

    /// <summary>Keeps the newest rows of any number, the oldest of them on top, ready to be pushed out.</summary>
    private sealed class Newest(int limit, HashSet<string>? severities)
    {
        private readonly PriorityQueue<JsonElement, DateTimeOffset> _kept = new(limit + 1);

        public int Total { get; private set; }

        public bool IsTruncated { get; set; }

        public void Add(JsonElement row)
        {
            if (severities is not null && !(row.TryGetProperty("severityLevel", out var level) && severities.Contains(level.GetString() ?? "")))
                return;
            Total++;
            var time = row.TryGetProperty("occurTime", out var text)
                && DateTimeOffset.TryParse(text.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read) ? read : DateTimeOffset.MinValue;
            // Cloned only when kept: a row that is referred to keeps its whole page in memory.
            if (_kept.Count < limit)
                _kept.Enqueue(row.Clone(), time);
            else if (_kept.TryPeek(out _, out var oldest) && time > oldest)
                _kept.DequeueEnqueue(row.Clone(), time);
        }

        /// <summary>Newest first; empties the heap.</summary>
        public JsonElement[] Rows()
        {
            var rows = new JsonElement[_kept.Count];
            for (var i = rows.Length - 1; i >= 0; i--)
                rows[i] = _kept.Dequeue();
            return rows;
        }
    }
}
