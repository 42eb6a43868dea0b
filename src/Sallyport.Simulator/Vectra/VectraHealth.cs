using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Hosting;

namespace Sallyport.Simulator.Vectra;

/// <summary>The health of the platform itself: sensors, disks, connections.</summary>
internal sealed class VectraHealth(DateTimeOffset now)
{
    private static readonly (string Name, Action<Utf8JsonWriter> Write)[] Checks =
    [
        ("cpu", static json => Numbers(json, ("user_percent", 21.4), ("idle_percent", 71.9), ("system_percent", 6.7))),
        ("disk", static json => Numbers(json, ("total_bytes", 960_000_000_000), ("usage_percent", 43.2))),
        ("memory", static json => Numbers(json, ("total_bytes", 128_000_000_000), ("usage_percent", 58.1))),
        ("sensors", WriteSensors),
        ("connectivity", static json => Status(json, "OK")),
        ("detection", static json => Status(json, "OK")),
        ("hostid", static json => Numbers(json, ("ip_always_percent", 3.1), ("ip_never_percent", 88.4), ("ip_sometimes_percent", 8.5))),
    ];

    /// <summary>The sensors that traffic is read by.</summary>
    public static readonly (string Serial, string Name)[] Sensors = [("abcd1234", "sensor-a"), ("ef567890", "sensor-b")];

    public Task AllAsync(HttpContext http) => Answer.JsonAsync(http, StatusCodes.Status200OK, json =>
    {
        json.WriteStartObject();
        foreach (var check in Checks)
            Write(json, check);
        json.WriteEndObject();
    });

    public Task OneAsync(HttpContext http)
    {
        var name = http.Request.RouteValues["check"] as string;
        var check = Array.Find(Checks, known => known.Name == name);
        return check.Name is null ? VectraError.AnswerAsync(http, StatusCodes.Status404NotFound) : Answer.JsonAsync(http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            Write(json, check);
            json.WriteEndObject();
        });
    }

    private void Write(Utf8JsonWriter json, (string Name, Action<Utf8JsonWriter> Write) check)
    {
        json.WritePropertyName(check.Name);
        json.WriteStartObject();
        check.Write(json);
        json.WriteString("updated_at", VectraTime.Text(now));
        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, params ReadOnlySpan<(string Name, double Value)> values)
    {
        foreach (var (name, value) in values)
            json.WriteNumber(name, value);
    }

    private static void Status(Utf8JsonWriter json, string status) => json.WriteString("status", status);

    private static void WriteSensors(Utf8JsonWriter json)
    {
        json.WriteStartArray("sensors");
        foreach (var (serial, name) in Sensors)
        {
            json.WriteStartObject();
            json.WriteString("serial_number", serial);
            json.WriteString("name", name);
            Status(json, "OK");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
