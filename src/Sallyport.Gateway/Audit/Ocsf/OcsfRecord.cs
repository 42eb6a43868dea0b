using System.Buffers;
using System.Reflection;
using System.Text.Json;

namespace Sallyport.Gateway.Audit.Ocsf;

/// <summary>
/// One audit record in the words of the Open Cybersecurity Schema Framework, for SIEMs that read those: API Activity with
/// the AI operation profile. What OCSF has no word for, the seals among it, is under `unmapped` by its own name.
/// </summary>
/// <remarks>
/// From release 1.8.0 of github.com/ocsf/ocsf-schema (16 March 2026): events/application/api_activity.json (class 3 of
/// category 6), events/base_event.json, profiles/ai_operation.json, and of objects/ metadata, product, actor, user, api,
/// request, response, service, network_endpoint and message_context. A class's uid is category * 1000 + class, an event's
/// type_uid class_uid * 100 + activity_id. `ai_model` is recommended by the profile and left out: no client proves its model.
/// </remarks>
public static class OcsfRecord
{
    public const string Version = "1.8.0";

    private const int Category = 6;
    private const int Class = (Category * 1000) + 3;
    private const int AgentRole = 4;
    private static readonly string Product = typeof(OcsfRecord).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private static readonly HashSet<string> Mapped = ["arguments", "callId", "caller", "claimedClient", "code", "durationMs", "event", "schema", "seq", "tenant", "time", "tool"];

    /// <param name="line">The record as it stands in the log.</param>
    /// <param name="entry">The same, read.</param>
    public static byte[] Of(ReadOnlyMemory<byte> line, AuditEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>(line.Length * 2);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteClass(json, OcsfActivity.Of(entry));
            WriteOutcome(json, entry);
            WriteMetadata(json, entry);
            WriteParties(json, entry);
            WriteApi(json, entry);
            WriteUnmapped(json, line);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteClass(Utf8JsonWriter json, OcsfActivity activity)
    {
        json.WriteNumber("category_uid"u8, Category);
        json.WriteString("category_name"u8, "Application Activity"u8);
        json.WriteNumber("class_uid"u8, Class);
        json.WriteString("class_name"u8, "API Activity"u8);
        json.WriteNumber("activity_id"u8, activity.Id);
        json.WriteString("activity_name"u8, activity.Name);
        json.WriteNumber("type_uid"u8, (Class * 100) + activity.Id);
        json.WriteString("type_name"u8, $"API Activity: {activity.Caption}");
    }

    private static void WriteOutcome(Utf8JsonWriter json, AuditEntry entry)
    {
        json.WriteNumber("time"u8, entry.Time.ToUnixTimeMilliseconds());
        var severity = AuditSeverity.Of(entry);
        json.WriteNumber("severity_id"u8, severity.Ocsf);
        json.WriteString("severity"u8, severity.Caption);
        if (OcsfActivity.StatusOf(entry) is { } status)
        {
            json.WriteNumber("status_id"u8, status.Id);
            json.WriteString("status"u8, status.Caption);
        }

        WriteString(json, "status_code"u8, entry.Code);
        WriteString(json, "status_detail"u8, entry.Outcome ?? entry.Reason);
        if (entry.DurationMs is { } duration) json.WriteNumber("duration"u8, duration);
        if (entry.Count is { } count) json.WriteNumber("count"u8, count);
        json.WriteString("message"u8, string.Join(' ', new[] { entry.Event, entry.Tool, entry.Outcome ?? entry.Reason, entry.Code }.OfType<string>()));
    }

    private static void WriteMetadata(Utf8JsonWriter json, AuditEntry entry)
    {
        json.WriteStartObject("metadata"u8);
        json.WriteString("version"u8, Version);
        json.WriteStartArray("profiles"u8);
        json.WriteStringValue("ai_operation"u8);
        json.WriteEndArray();
        json.WriteStartObject("product"u8);
        json.WriteString("name"u8, "Sallyport"u8);
        json.WriteString("vendor_name"u8, "Sallyport"u8);
        json.WriteString("version"u8, Product);
        json.WriteEndObject();
        json.WriteString("uid"u8, $"{entry.Chain}/{entry.Seq}");
        json.WriteNumber("sequence"u8, entry.Seq);
        json.WriteString("event_code"u8, entry.Event);
        json.WriteString("log_name"u8, "audit"u8);
        WriteString(json, "log_version"u8, entry.Schema);
        WriteString(json, "correlation_uid"u8, entry.CallId);
        WriteString(json, "tenant_uid"u8, entry.Tenant);
        json.WriteEndObject();
    }

    /// <summary>Who acted, from where and against what. The record knows no address, so that endpoints are named.</summary>
    private static void WriteParties(Utf8JsonWriter json, AuditEntry entry)
    {
        json.WriteStartObject("actor"u8);
        if (entry.Caller is not null)
        {
            json.WriteStartObject("user"u8);
            json.WriteString("name"u8, entry.Caller);
            json.WriteEndObject();
        }

        // What the client claims is no identity, so that it is never the user.
        WriteString(json, "app_name"u8, entry.ClaimedClient ?? (entry.Caller is null ? "Sallyport" : null));
        json.WriteEndObject();

        json.WriteStartObject("src_endpoint"u8);
        json.WriteString("name"u8, entry.Caller ?? entry.Instance ?? "Sallyport");
        json.WriteEndObject();
        json.WriteStartObject("dst_endpoint"u8);
        json.WriteString("svc_name"u8, "sallyport"u8);
        WriteString(json, "name"u8, entry.Instance);
        json.WriteEndObject();
    }

    private static void WriteApi(Utf8JsonWriter json, AuditEntry entry)
    {
        json.WriteStartObject("api"u8);
        json.WriteString("operation"u8, entry.Tool ?? $"audit.{entry.Event}");
        json.WriteStartObject("service"u8);
        json.WriteString("name"u8, "sallyport"u8);
        json.WriteEndObject();
        if (entry.CallId is not null)
        {
            json.WriteStartObject("request"u8);
            json.WriteString("uid"u8, entry.CallId);
            if (entry.Arguments is { } arguments)
            {
                json.WritePropertyName("data"u8);
                arguments.WriteTo(json);
            }

            json.WriteEndObject();
        }

        if (entry.Outcome is not null)
        {
            json.WriteStartObject("response"u8);
            json.WriteString("message"u8, entry.Outcome);
            WriteString(json, "error"u8, entry.Code);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (entry.Event is not ("open" or "close")) return;
        json.WriteStartObject("message_context"u8);
        json.WriteNumber("ai_role_id"u8, AgentRole);
        json.WriteString("ai_role"u8, "Agent"u8);
        json.WriteStartObject("application"u8);
        json.WriteString("name"u8, entry.ClaimedClient ?? entry.Caller ?? "unknown");
        json.WriteEndObject();
        json.WriteStartObject("service"u8);
        json.WriteString("name"u8, "sallyport"u8);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteUnmapped(Utf8JsonWriter json, ReadOnlyMemory<byte> line)
    {
        using var record = JsonDocument.Parse(line);
        json.WriteStartObject("unmapped"u8);
        foreach (var member in record.RootElement.EnumerateObject())
        {
            if (!Mapped.Contains(member.Name)) member.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static void WriteString(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }
}
