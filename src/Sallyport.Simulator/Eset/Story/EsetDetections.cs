using System.Text.Json.Nodes;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Simulator.Eset.Story;

/// <summary>Detections as ESET shows them: the older form, the newer form, and the groups they are in.</summary>
internal static class EsetDetections
{
    public static JsonObject Older(EsetStory story, int index)
    {
        var detection = Told(story, index);
        return new JsonObject
        {
            ["uuid"] = detection.Id.ToString(),
            ["category"] = "DETECTION_CATEGORY_ANTIVIRUS",
            ["displayName"] = detection.Kind.Name,
            ["typeName"] = detection.Kind.Tactic.ToString(),
            ["severityLevel"] = Severity(detection),
            ["occurTime"] = EsetStory.Text(detection.LastSeen),
            ["objectName"] = detection.File?.Path ?? "",
            ["objectTypeName"] = "File",
            ["objectHashSha1"] = detection.File?.Sha1 ?? "",
            ["objectUrl"] = detection.Url ?? "",
            ["context"] = new JsonObject
            {
                ["deviceUuid"] = DeviceId(story, detection),
                ["circumstances"] = detection.Description,
                ["process"] = new JsonObject { ["path"] = detection.Process?.ParentName ?? "" },
                ["userName"] = UserName(story, detection),
            },
            ["networkCommunication"] = new JsonObject { ["direction"] = "NETWORK_COMMUNICATION_DIRECTION_OUTBOUND", ["remoteIpAddress"] = detection.Remote?.Address ?? "", ["remotePort"] = detection.Remote?.Port ?? 0 },
            ["responses"] = new JsonArray(new JsonObject { ["displayName"] = "Cleaned by deleting", ["description"] = "", ["deviceRestartRequired"] = false, ["protectionName"] = "Real-time file system protection" }),
        };
    }

    public static JsonObject Newer(EsetStory story, int index)
    {
        var detection = Told(story, index);
        return story.Current(detection.Id, Newer(story, detection, detection.Id, detection.State == DetectionState.Resolved));
    }

    public static JsonObject Group(EsetStory story, int index)
    {
        var detection = Told(story, index);
        var id = story.GroupId(index);
        var isResolved = detection.State == DetectionState.Resolved;
        var group = Newer(story, detection, id, isResolved);
        group["detectionOccurenceUuids"] = new JsonArray(detection.Id.ToString());
        group["groupSize"] = 1;
        group["resolvedCount"] = isResolved ? 1 : 0;
        group = story.Current(id, group);
        // A group has a count where a detection has a yes or no.
        group.Remove("resolved");
        return group;
    }

    public static Detection Told(EsetStory story, int index) => story.World.Detection(DetectionSource.Endpoint, index);

    public static string? DeviceId(EsetStory story, Detection detection)
        => detection.DeviceIndex is { } index ? story.World.Device(index).Id.ToString() : null;

    private static JsonObject Newer(EsetStory story, Detection detection, Guid id, bool isResolved) => new()
    {
        ["uuid"] = id.ToString(),
        ["category"] = "DETECTION_CATEGORY_ANTIVIRUS",
        ["displayName"] = detection.Kind.Name,
        ["typeName"] = detection.Kind.Tactic.ToString(),
        ["severityLevel"] = Severity(detection),
        ["severityScore"] = detection.Threat,
        ["occurTime"] = EsetStory.Text(detection.LastSeen),
        ["circumstances"] = detection.Description,
        ["device"] = new JsonObject { ["uuid"] = DeviceId(story, detection), ["displayName"] = detection.DeviceIndex is { } index ? story.World.Device(index).Name : "" },
        ["note"] = "",
        ["objectName"] = detection.File?.Path ?? "",
        ["objectTypeName"] = "File",
        ["objectHashSha1"] = detection.File?.Sha1 ?? "",
        ["objectUrl"] = detection.Url ?? "",
        ["process"] = new JsonObject { ["commandLine"] = detection.Process?.CommandLine ?? "", ["path"] = detection.Process?.ParentName ?? "" },
        ["networkTraffic"] = new JsonObject { ["direction"] = "NETWORK_TRAFFIC_DIRECTION_OUTBOUND", ["remoteIpAddress"] = detection.Remote?.Address ?? "", ["remotePort"] = detection.Remote?.Port ?? 0 },
        ["resolved"] = isResolved,
        ["responses"] = new JsonArray(),
        ["userName"] = UserName(story, detection),
    };

    private static string Severity(Detection detection) => detection.Kind.Severity switch
    {
        World.Detections.Severity.Critical or World.Detections.Severity.High => "SEVERITY_LEVEL_HIGH",
        World.Detections.Severity.Medium => "SEVERITY_LEVEL_MEDIUM",
        World.Detections.Severity.Low => "SEVERITY_LEVEL_LOW",
        _ => "SEVERITY_LEVEL_INFORMATIONAL",
    };

    private static string UserName(EsetStory story, Detection detection)
        => detection.UserIndex is { } index ? $"{World.Company.NetBiosDomain}\\{story.World.User(index).AccountName}" : "";
}
