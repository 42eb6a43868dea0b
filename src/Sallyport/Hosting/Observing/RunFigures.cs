using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Sallyport.Core.Observability;
using Sallyport.Gateway.Events;

namespace Sallyport.Hosting.Observing;

/// <summary>How calls went, tool by tool, for who reads metrics as JSON; made of the same measurements as the text.</summary>
internal sealed class RunFigures : IDisposable
{
    private const string Calls = "mcp_tool_execution_total";
    private const string Durations = "mcp_tool_execution_seconds";

    /// <summary>More than a gate has; a bound all the same.</summary>
    private const int MostTools = 1_000;

    private readonly ConcurrentDictionary<string, ToolRuns> _tools = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _since;

    public RunFigures(TimeProvider time)
    {
        (_time, _since) = (time, time.GetUtcNow());
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Telemetry.Name && instrument.Name is Calls or Durations)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Of(tags)?.Ended(Word(tags, "status"), Word(tags, "error_type"), _time.GetUtcNow()));
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
        {
            if (Word(tags, "outcome") is "success" or "failure")
                Of(tags)?.Took(seconds);
        });
        _listener.Start();
    }

    /// <param name="events">What is known of the gate as a whole.</param>
    /// <param name="running">How many calls of a tool are on their way.</param>
    public ReadOnlyMemory<byte> Render(GateEvents events, Func<string, int> running)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartObject("system"u8);
        SystemFigures.Write(json, events);
        json.WriteEndObject();
        json.WriteStartObject("tools"u8);
        foreach (var (tool, runs) in _tools.OrderBy(tool => tool.Key, StringComparer.Ordinal))
            runs.Write(json, tool, running(tool));
        json.WriteEndObject();
        json.WriteBoolean("prometheus_available"u8, true);
        json.WriteString("collection_start_time"u8, _since.UtcDateTime);
        json.WriteNumber("total_tools_tracked"u8, _tools.Count);
        json.WriteNumber("max_tools"u8, MostTools);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    public void Dispose() => _listener.Dispose();

    private ToolRuns? Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var tool = Word(tags, "tool");
        return _tools.TryGetValue(tool, out var runs) ? runs : _tools.Count < MostTools ? _tools.GetOrAdd(tool, _ => new ToolRuns()) : null;
    }

    private static string Word(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var (key, value) in tags)
        {
            if (key == name)
                return value as string ?? "";
        }

        return "";
    }
}
