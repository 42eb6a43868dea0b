using System.Text.Json;
using Sallyport.Gateway.Events;

namespace Sallyport.Hosting.Observing;

/// <summary>The gate as a whole in the reference server's words, for its events and its metrics as JSON.</summary>
internal static class SystemFigures
{
    public static void Write(Utf8JsonWriter json, GateEvents events)
    {
        var (ended, failed) = (events.Ended, events.Failed);
        json.WriteNumber("uptime_seconds"u8, Math.Round(events.Uptime.TotalSeconds, 2));
        json.WriteNumber("request_count"u8, ended);
        json.WriteNumber("error_count"u8, failed);
        json.WriteNumber("error_rate"u8, ended == 0 ? 0 : Math.Round(100.0 * failed / ended, 2));
        json.WriteNumber("active_connections"u8, events.Watching);
        json.WriteNumber("active_calls"u8, events.Running);
        json.WriteString("start_time"u8, events.StartedAt.UtcDateTime);
    }
}
