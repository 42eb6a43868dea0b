using System.Globalization;
using System.Text.Json.Nodes;
using Sallyport.Core.Sources;

namespace Sallyport.Gateway.Investigations.Ocsf;

/// <summary>The members that every event of the Open Cybersecurity Schema Framework 1.8 has, with its numbers in agreement.</summary>
/// <remarks>Source of the numbers: schema.ocsf.io/1.8.0. <c>type_uid</c> is <c>class_uid</c> times 100 plus <c>activity_id</c>.</remarks>
internal static class OcsfEvent
{
    public const string Version = "1.8.0";
    public const int Findings = 2;
    public const int Discovery = 5;
    public const int VulnerabilityFinding = 2002;
    public const int DetectionFinding = 2004;
    public const int IncidentFinding = 2005;
    public const int DeviceInventory = 5001;
    public const int UserInventory = 5003;

    /// <summary>Discovery classes: the data was collected from a source.</summary>
    public const int Collect = 2;

    public static JsonObject New(int category, int classUid, int activity, SourceSeverity severity, DateTimeOffset time, string source, string? uid) => new()
    {
        ["category_uid"] = category,
        ["class_uid"] = classUid,
        ["activity_id"] = activity,
        ["type_uid"] = (classUid * 100) + activity,
        ["severity_id"] = SeverityId(severity),
        ["time"] = time.ToUnixTimeMilliseconds(),
        ["time_dt"] = Text(time),
        ["metadata"] = new JsonObject
        {
            ["version"] = Version,
            ["profiles"] = category == Findings ? new JsonArray("datetime", "host") : new JsonArray("datetime"),
            ["product"] = new JsonObject { ["uid"] = source, ["vendor_name"] = source == Joined ? "Sallyport" : source },
        }.With("uid", uid),
    };

    /// <summary>The product of an event that several sources told together.</summary>
    public const string Joined = "sallyport";

    /// <summary>0 unknown, 1 informational, 2 low, 3 medium, 4 high, 5 critical.</summary>
    public static int SeverityId(SourceSeverity severity) => (int)severity;

    /// <summary>Finding classes: 1 create, 2 update, 3 close.</summary>
    public static int Activity(WorkState state) => state switch
    {
        WorkState.New => 1,
        WorkState.Resolved => 3,
        _ => 2,
    };

    /// <summary>0 unknown, 1 new, 2 in progress, 3 suppressed, 4 resolved.</summary>
    public static int StatusId(WorkState state) => (int)state;

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Adds what is known; what is not is left out.</summary>
    public static JsonObject With(this JsonObject to, string name, JsonNode? value)
    {
        if (value is not null and not JsonArray { Count: 0 } and not JsonObject { Count: 0 })
            to[name] = value;
        return to;
    }

    public static JsonArray List(IEnumerable<JsonNode?> items) => new([.. items]);
}
