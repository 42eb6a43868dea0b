using System.Text.Json.Nodes;
using Sallyport.Simulator.World.Devices;
using Sallyport.Simulator.World.Weaknesses;

namespace Sallyport.Simulator.Eset.Story;

/// <summary>Vulnerabilities, the patches against them and how patching went, as ESET shows them.</summary>
internal static class EsetWeaknesses
{
    public static JsonObject OnDevice(EsetStory story, Weakness weakness)
    {
        var device = story.World.Device(weakness.DeviceIndex);
        var row = new JsonObject
        {
            ["deviceUuid"] = device.Id.ToString(),
            ["deviceGroupUuid"] = EsetEstate.Group(story, device).ToString(),
            ["availablePatchUuids"] = new JsonArray(story.Id(1000 + weakness.Index).ToString()),
        };
        if (IsOfSystem(weakness))
            row["osVulnerability"] = OfSystem(story, weakness);
        else
            row["applicationVulnerability"] = OfApplication(story, weakness);
        return row;
    }

    public static bool IsOfSystem(Weakness weakness) => weakness.Vulnerability.Component.StartsWith("Windows", StringComparison.Ordinal);

    public static JsonObject OfSystem(EsetStory story, Weakness weakness)
    {
        var row = Common(weakness);
        row["osFamilyId"] = EsetEstate.Family(story.World.Device(weakness.DeviceIndex).System.Family);
        return row;
    }

    public static JsonObject Patch(EsetStory story, Weakness weakness)
    {
        var device = story.World.Device(weakness.DeviceIndex);
        var patch = new JsonObject
        {
            ["catalogId"] = weakness.Index,
            ["category"] = "PATCH_CATEGORY_SECURITY_UPDATE",
            ["developerDisplayName"] = weakness.Vulnerability.Component,
            ["fixedCves"] = new JsonArray(weakness.Vulnerability.Cve),
            ["restartRequired"] = "RESTART_REQUIREMENT_NO",
            ["resultVersionName"] = weakness.Vulnerability.FixedVersion,
            ["severity"] = Severity(weakness),
        };
        return new JsonObject
        {
            ["uuid"] = story.Id(1000 + weakness.Index).ToString(),
            ["deviceUuid"] = device.Id.ToString(),
            ["deviceGroupUuid"] = EsetEstate.Group(story, device).ToString(),
            [IsOfSystem(weakness) ? "osPatch" : "applicationPatch"] = patch,
        };
    }

    public static JsonObject Patching(EsetStory story, Weakness weakness) => new()
    {
        ["deviceUuid"] = story.World.Device(weakness.DeviceIndex).Id.ToString(),
        ["displayName"] = weakness.Vulnerability.Component,
        ["dependencies"] = new JsonArray(),
        ["application"] = ApplicationPatching(story, weakness),
    };

    public static JsonObject ApplicationPatching(EsetStory story, Weakness weakness) => new()
    {
        ["applicationUuid"] = story.Id(700).ToString(),
        ["developerDisplayName"] = weakness.Vulnerability.Component,
        ["displayName"] = weakness.Vulnerability.Component,
        ["patchedVersion"] = new JsonObject { ["name"] = weakness.Vulnerability.FixedVersion },
        ["unpatchedVersion"] = new JsonObject { ["name"] = weakness.Vulnerability.AffectedVersion },
        ["status"] = "APPLICATION_PATCHING_STATUS_OK_INSTALLED",
        ["timePeriod"] = new JsonObject { ["startTime"] = EsetStory.Text(weakness.LastFound), ["endTime"] = EsetStory.Text(weakness.LastFound.AddMinutes(4)) },
    };

    public static JsonObject Scan(Device device) => new()
    {
        ["deviceUuid"] = device.Id.ToString(),
        ["startTime"] = EsetStory.Text(device.LastSeen.AddMinutes(-40)),
        ["endTime"] = EsetStory.Text(device.LastSeen.AddMinutes(-10)),
        ["endedSuccessfully"] = true,
        ["scanTrigger"] = "SCAN_TRIGGER_SCHEDULER",
        ["vulnerabilityCount"] = 1 + (device.Index % 5),
    };

    public static JsonObject Vulnerable(EsetStory story, Weakness weakness)
    {
        var isOfSystem = IsOfSystem(weakness);
        return new JsonObject
        {
            ["uuid"] = story.World.Device(weakness.DeviceIndex).Id.ToString(),
            ["appVulnerabilities"] = isOfSystem ? [] : new JsonArray(OfApplication(story, weakness)),
            ["osVulnerabilities"] = isOfSystem ? new JsonArray(OfSystem(story, weakness)) : [],
            ["packageVulnerabilities"] = new JsonArray(),
        };
    }

    private static JsonObject OfApplication(EsetStory story, Weakness weakness)
    {
        var row = Common(weakness);
        row["application"] = new JsonObject
        {
            ["uuid"] = story.Id(700).ToString(),
            ["displayName"] = weakness.Vulnerability.Component,
            ["developerDisplayName"] = weakness.Vulnerability.Component,
            ["version"] = new JsonObject { ["name"] = weakness.Vulnerability.AffectedVersion },
        };
        return row;
    }

    private static JsonObject Common(Weakness weakness) => new()
    {
        ["vulnerabilityId"] = weakness.Index,
        ["cveNumber"] = weakness.Vulnerability.Cve,
        ["firstDetectTime"] = EsetStory.Text(weakness.FirstFound),
        ["lastDetectTime"] = EsetStory.Text(weakness.LastFound),
        ["patchAvailable"] = true,
        ["riskScore"] = (int)(weakness.Vulnerability.CvssScore * 10),
        ["severity"] = Severity(weakness),
    };

    private static string Severity(Weakness weakness) => weakness.Severity switch
    {
        World.Detections.Severity.Critical or World.Detections.Severity.High => "SEVERITY_LEVEL_HIGH",
        World.Detections.Severity.Medium => "SEVERITY_LEVEL_MEDIUM",
        _ => "SEVERITY_LEVEL_LOW",
    };
}
