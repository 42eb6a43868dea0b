using System.Text;
using System.Text.Json;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Audit.Chain;
using Sallyport.Gateway.Audit.Ocsf;

namespace Sallyport.Tests.Gateway.Audit.Ocsf;

/// <summary>
/// Holds records to what release 1.8.0 of the published schema requires, as it is written down here from its files:
/// events/application/api_activity.json, events/base_event.json, the objects that those name, and profiles/ai_operation.json.
/// </summary>
public sealed class OcsfRecordTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    private static readonly AuditEntry Open = new()
    {
        Event = "open",
        Time = Time,
        CallId = "call-1",
        Caller = "soc-agent",
        ClaimedClient = "some client",
        Tenant = "contoso",
        Tool = "vectra_detections_list",
        Access = "read",
        ArgumentsDigest = "sha256:00",
    };

    private static readonly AuditEntry Close = Open with { Event = "close", Outcome = "succeeded", DurationMs = 12, Bytes = 345, ClaimedClient = null };

    public static TheoryData<AuditEntry, int, string, int?, int> Records => new()
    {
        { Open, 2, "Read", null, 1 },
        { Close, 2, "Read", 1, 1 },
        { Close with { Access = "write", Tool = "vectra_note_create" }, 1, "Create", 1, 1 },
        { Close with { Access = "write", Tool = "eset_device_rename" }, 3, "Update", 1, 1 },
        { Close with { Access = "write", Tool = "eset_device_delete" }, 4, "Delete", 1, 1 },
        { Close with { Access = null, Tool = "no_such_delete", Outcome = "refused", Code = "unknown_tool", Tenant = null }, 0, "Unknown", 2, 2 },
        { Close with { Outcome = "failed", Code = "upstream_timeout" }, 2, "Read", 2, 3 },
        { Close with { Access = "write", Outcome = "held", Code = "approval_required", Approval = "ap-1" }, 3, "Update", 99, 1 },
        { new AuditEntry { Event = "decision", Time = Time, Caller = "alice", Outcome = "denied", Approval = "ap-1", Tool = "eset_device_rename" }, 99, "Approval decision", 1, 1 },
        { new AuditEntry { Event = "start", Time = Time, Reason = "resumed" }, 99, "Audit start", 1, 1 },
        { new AuditEntry { Event = "start", Time = Time, Reason = "previous_broken", PreviousChain = "c", PreviousSeq = 3, PreviousHmac = new string('0', 64) }, 99, "Audit start", 2, 5 },
        { new AuditEntry { Event = "checkpoint", Time = Time, Reason = "records", Count = 1000, FirstSeq = 1 }, 99, "Audit checkpoint", 1, 1 },
        { new AuditEntry { Event = "gap", Time = Time, Sink = "syslog", Count = 3, FirstSeq = 1, LastSeq = 3 }, 99, "Audit gap", 2, 3 },
    };

    [Theory]
    [MemberData(nameof(Records), DisableDiscoveryEnumeration = true)]
    public void Every_kind_of_record_has_what_the_schema_requires(AuditEntry entry, int activity, string name, int? status, int severity)
    {
        var (_, ocsf) = Convert(entry);

        Assert.Equal((6, 6003, activity, name, 600300 + activity), (Int(ocsf, "category_uid"), Int(ocsf, "class_uid"), Int(ocsf, "activity_id"), Text(ocsf, "activity_name"), Int(ocsf, "type_uid")));
        Assert.Equal($"API Activity: {(activity == 99 ? "Other" : name)}", Text(ocsf, "type_name"));
        Assert.Contains(activity, new[] { 0, 1, 2, 3, 4, 99 });
        Assert.Equal((severity, Time.ToUnixTimeMilliseconds()), (Int(ocsf, "severity_id"), ocsf.GetProperty("time").GetInt64()));
        Assert.Equal(status, ocsf.TryGetProperty("status_id", out var id) ? id.GetInt32() : null);
        // metadata: product and version; product: name.
        Assert.Equal(("1.8.0", "Sallyport"), (Text(ocsf, "metadata", "version"), Text(ocsf, "metadata", "product", "name")));
        Assert.Equal("ai_operation", Assert.Single(ocsf.GetProperty("metadata").GetProperty("profiles").EnumerateArray()).GetString());
        // api: operation; its request: uid.
        Assert.NotEmpty(Text(ocsf, "api", "operation"));
        if (ocsf.GetProperty("api").TryGetProperty("request", out var request)) Assert.NotEmpty(Text(request, "uid"));
        // At least one of what names them: actor, its user, both endpoints, the message's parties.
        var actor = ocsf.GetProperty("actor");
        Assert.True(actor.TryGetProperty("user", out var user) ? Text(user, "name").Length > 0 : Text(actor, "app_name").Length > 0);
        Assert.NotEmpty(Text(ocsf, "src_endpoint", "name"));
        Assert.NotEmpty(Text(ocsf, "dst_endpoint", "svc_name"));
        if (ocsf.TryGetProperty("message_context", out var context)) Assert.Equal((4, "sallyport"), (Int(context, "ai_role_id"), Text(context, "service", "name")));
        Assert.False(ocsf.TryGetProperty("ai_model", out _));
        Assert.Empty(ocsf.EnumerateObject().Select(member => member.Name).Except(Known));
    }

    [Theory]
    [MemberData(nameof(Records), DisableDiscoveryEnumeration = true)]
    public void Nothing_of_the_record_is_lost(AuditEntry entry, int activity, string name, int? status, int severity)
    {
        _ = (activity, name, status, severity);
        var (native, ocsf) = Convert(entry);
        string[] mapped = ["arguments", "callId", "caller", "claimedClient", "code", "durationMs", "event", "schema", "seq", "tenant", "time", "tool"];

        var unmapped = ocsf.GetProperty("unmapped").EnumerateObject().Select(member => (member.Name, member.Value.GetRawText()));

        Assert.Equal(native.EnumerateObject().Where(member => !mapped.Contains(member.Name)).Select(member => (member.Name, member.Value.GetRawText())), unmapped);
        Assert.Equal(Text(native, "event"), Text(ocsf, "metadata", "event_code"));
        Assert.Equal(native.GetProperty("seq").GetInt64(), ocsf.GetProperty("metadata").GetProperty("sequence").GetInt64());
        Assert.Equal(entry.Tenant, ocsf.GetProperty("metadata").TryGetProperty("tenant_uid", out var tenant) ? tenant.GetString() : null);
        Assert.Equal(entry.CallId, ocsf.GetProperty("metadata").TryGetProperty("correlation_uid", out var call) ? call.GetString() : null);
    }

    [Fact]
    public void What_the_client_claims_is_never_the_user()
    {
        var (_, ocsf) = Convert(Open);

        Assert.Equal(("soc-agent", "some client", "some client"), (Text(ocsf, "actor", "user", "name"), Text(ocsf, "actor", "app_name"), Text(ocsf, "message_context", "application", "name")));
        Assert.Equal("""{"host":"ws-17","limit":25}""", ocsf.GetProperty("api").GetProperty("request").GetProperty("data").GetRawText());
    }

    /// <summary>The attributes of the class, the base event and the profile that we use.</summary>
    private static readonly string[] Known =
    [
        "category_uid", "category_name", "class_uid", "class_name", "activity_id", "activity_name", "type_uid", "type_name", "time", "severity_id", "severity", "status_id", "status",
        "status_code", "status_detail", "duration", "count", "message", "metadata", "actor", "src_endpoint", "dst_endpoint", "api", "message_context", "unmapped",
    ];

    /// <summary>As the log would hold it and as it is forwarded.</summary>
    private static (JsonElement Native, JsonElement Ocsf) Convert(AuditEntry entry)
    {
        using var chain = new ChainWriter(TestLog.Key, new ChainHead("chain-1", 41, ChainHead.NoHmac), "gate-1/4242");
        var line = chain.Compose(entry, entry.Event == "open" ? """{"host":"ws-17","limit":25}"""u8 : default).ToArray().AsMemory()[..^1];
        var read = AuditReader.Parse(line.Span)!;
        return (JsonDocument.Parse(line).RootElement, JsonDocument.Parse(Encoding.UTF8.GetString(OcsfRecord.Of(line, read))).RootElement);
    }

    private static int Int(JsonElement of, string name) => of.GetProperty(name).GetInt32();

    private static string Text(JsonElement of, params string[] path) => path.Aggregate(of, (element, name) => element.GetProperty(name)).GetString()!;
}
