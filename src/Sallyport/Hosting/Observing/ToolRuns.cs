using System.Text.Json;

namespace Sallyport.Hosting.Observing;

/// <summary>How the calls of one tool went: counts of all, times of the last thousand.</summary>
internal sealed class ToolRuns
{
    private const int MostTimes = 1_000;
    private const int MostEnds = 100;

    private readonly Lock _lock = new();
    private readonly Queue<double> _times = new();
    private readonly Queue<bool> _ends = new();
    private long _succeeded;
    private long _failed;
    private long _timedOut;
    private long _refused;
    private long _held;
    private long _timed;
    private double _seconds;
    private double _shortest = double.PositiveInfinity;
    private double _longest;
    private DateTimeOffset? _last;

    /// <param name="status">The word of <c>mcp_tool_execution_total</c>.</param>
    /// <param name="code">Its <c>error_type</c>.</param>
    public void Ended(string status, string code, DateTimeOffset at)
    {
        lock (_lock)
        {
            _last = at;
            switch (status)
            {
                case "refused":
                    _refused++;
                    return;
                case "held":
                    _held++;
                    return;
                case "success":
                    _succeeded++;
                    break;
                default:
                    _failed++;
                    if (code == "upstream_timeout")
                        _timedOut++;
                    break;
            }

            Keep(_ends, status != "success", MostEnds);
        }
    }

    public void Took(double seconds)
    {
        lock (_lock)
        {
            _timed++;
            _seconds += seconds;
            (_shortest, _longest) = (Math.Min(_shortest, seconds), Math.Max(_longest, seconds));
            Keep(_times, seconds, MostTimes);
        }
    }

    public void Write(Utf8JsonWriter json, string tool, int running)
    {
        lock (_lock)
        {
            var count = _succeeded + _failed;
            var sorted = _times.Order().ToArray();
            json.WriteStartObject(tool);
            json.WriteString("tool_name"u8, tool);
            json.WriteNumber("execution_count"u8, count);
            json.WriteNumber("success_count"u8, _succeeded);
            json.WriteNumber("failure_count"u8, _failed);
            json.WriteNumber("error_count"u8, _failed - _timedOut);
            json.WriteNumber("timeout_count"u8, _timedOut);
            json.WriteNumber("refused_count"u8, _refused);
            json.WriteNumber("held_count"u8, _held);
            json.WriteNumber("success_rate"u8, Percent(_succeeded, count));
            json.WriteNumber("average_execution_time"u8, _timed == 0 ? 0 : Seconds(_seconds / _timed));
            json.WriteNumber("min_execution_time"u8, _timed == 0 ? 0 : Seconds(_shortest));
            json.WriteNumber("max_execution_time"u8, Seconds(_longest));
            json.WriteNumber("p50_execution_time"u8, At(sorted, 0.50));
            json.WriteNumber("p95_execution_time"u8, At(sorted, 0.95));
            json.WriteNumber("p99_execution_time"u8, At(sorted, 0.99));
            if (_last is { } last)
                json.WriteString("last_execution_time"u8, last.UtcDateTime);
            json.WriteNumber("recent_failure_rate"u8, Percent(_ends.Count(isFailure => isFailure), _ends.Count));
            json.WriteNumber("active_executions"u8, running);
            json.WriteEndObject();
        }
    }

    private static void Keep<T>(Queue<T> queue, T value, int most)
    {
        if (queue.Count == most)
            queue.Dequeue();
        queue.Enqueue(value);
    }

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? 0 : Seconds(sorted[(int)Math.Ceiling(share * sorted.Length) - 1]);

    private static double Percent(long part, long whole) => whole == 0 ? 0 : Math.Round(100.0 * part / whole, 2);

    private static double Seconds(double seconds) => Math.Round(seconds, 4);
}
