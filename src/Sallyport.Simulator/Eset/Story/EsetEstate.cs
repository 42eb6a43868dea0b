using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sallyport.Simulator.World;
using Sallyport.Simulator.World.Devices;
using Sallyport.Simulator.World.People;

namespace Sallyport.Simulator.Eset.Story;

/// <summary>Devices and people as ESET shows them.</summary>
internal static class EsetEstate
{
    /// <param name="user">The API user who asks, to whom everything belongs.</param>
    public static JsonObject Device(EsetStory story, int index, string user)
    {
        var device = story.World.Device(index);
        var status = device.Agent is null ? "ATTENTION_REQUIRED" : (story.World.Now - device.Agent.LastSync).TotalDays > 14 ? "ATTENTION_RECOMMENDED" : "OK";
        return story.Current(device.Id, new JsonObject
        {
            ["uuid"] = device.Id.ToString(),
            ["displayName"] = device.Name,
            ["originalDisplayName"] = device.Fqdn,
            ["description"] = device.Note ?? "",
            ["deviceType"] = $"DEVICE_TYPE_{Type(device.Role)}",
            ["enrollmentStatus"] = "DEVICE_ENROLLMENT_STATUS_FINISHED",
            ["functionalityStatus"] = $"DEVICE_FUNCTIONALITY_STATUS_{status}",
            ["functionalityProblemCount"] = status == "OK" ? 0 : 1,
            ["isMaster"] = false,
            ["isMobile"] = false,
            ["isMuted"] = index % 29 == 28,
            ["lastSyncTime"] = EsetStory.Text(device.Agent?.LastSync ?? device.LastSeen),
            ["managementDomain"] = Company.Domain,
            ["operatingSystem"] = System(device.System),
            ["parentGroupUuid"] = Group(story, device).ToString(),
            ["primaryLocalIpAddress"] = device.Address,
            ["publicIpAddress"] = "198.51.100.7",
            ["tags"] = device.IsKeyAsset ? new JsonArray("key-asset") : [],
            ["deployedComponents"] = device.Agent is null ? [] : new JsonArray(new JsonObject { ["id"] = 5, ["name"] = "agent", ["displayName"] = "ESET Management Agent", ["version"] = new JsonObject { ["name"] = device.Agent.Version } }),
            ["activeProducts"] = new JsonArray(new JsonObject { ["id"] = 2, ["name"] = "endpoint-antivirus" }),
            ["hardwareProfiles"] = new JsonArray(new JsonObject
            {
                ["manufacturer"] = device.Vendor,
                ["networkAdapters"] = new JsonArray(new JsonObject { ["caption"] = "Ethernet", ["macAddress"] = device.Mac }),
            }),
            ["etag"] = $"e{index}",
            ["ownerUuid"] = Owner(user).ToString(),
        });
    }

    /// <summary>The customer that an API user belongs to: different for every user.</summary>
    public static Guid Owner(string user) => new(SHA256.HashData(Encoding.UTF8.GetBytes(user)).AsSpan(0, 16));

    public static Guid Group(EsetStory story, Device device) => story.Id(device.Groups[^1] switch { "Servers" => 2, "Things" => 3, _ => 1 });

    public static JsonObject User(EsetStory story, int index)
    {
        var user = story.World.User(index);
        return new JsonObject
        {
            ["uuid"] = user.Id.ToString(),
            ["displayName"] = user.DisplayName,
            ["primaryEmailAddress"] = user.Upn,
            ["proxyEmailAddresses"] = new JsonArray($"{user.AccountName}@mail.{Company.Domain}"),
            ["department"] = user.Department,
            ["jobTitle"] = user.Title,
            ["officeLocation"] = "Vienna",
            ["phoneNumbers"] = new JsonArray(),
            ["protectionStatus"] = Protection(user),
            ["activeProductIds"] = new JsonArray(7),
            ["userGroupUuids"] = new JsonArray(story.Id(60).ToString()),
            ["cloudOffice"] = new JsonObject { ["hasMsLicense"] = user.IsEnabled, ["tenantReference"] = Company.Domain },
            ["identities"] = new JsonArray(new JsonObject { ["userName"] = user.AccountName, ["providerType"] = "IDENTITY_PROVIDER_TYPE_MICROSOFT", ["providerReference"] = user.Upn }),
        };
    }

    public static string Protection(User user) => user.IsEnabled ? "PROTECTION_STATUS_FULLY_PROTECTED" : "PROTECTION_STATUS_UNPROTECTED";

    private static string Type(DeviceRole role) => role switch
    {
        DeviceRole.Laptop => "NOTEBOOK",
        DeviceRole.Server or DeviceRole.DomainController => "SERVER",
        DeviceRole.Printer => "PRINTER",
        DeviceRole.Camera => "SECURITY_CAMERA",
        _ => "DESKTOP",
    };

    private static JsonObject System(OperatingSystemVersion system) => new()
    {
        ["bitness"] = 64,
        ["displayName"] = $"{system.Name} {system.Version}",
        ["familyId"] = Family(system.Family),
        ["version"] = new JsonObject { ["name"] = system.Build },
    };

    public static int Family(SystemFamily family) => family switch { SystemFamily.Windows => 1, SystemFamily.Linux => 2, SystemFamily.MacOs => 3, _ => 9 };
}
