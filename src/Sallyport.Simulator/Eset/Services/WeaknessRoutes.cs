using System.Text.Json.Nodes;
using Sallyport.Simulator.Eset.Routing;
using Sallyport.Simulator.Eset.Story;
using Sallyport.Simulator.World.Weaknesses;

namespace Sallyport.Simulator.Eset.Services;

/// <summary>Vulnerabilities and patches.</summary>
internal static class WeaknessRoutes
{
    private const string Service = "vulnerability-management";
    private const string Patches = "patch-management";

    public static IEnumerable<EsetRoute> Of(EsetStory story) =>
    [
        new(Service, "GET /v1/device-os-vulnerabilities", request => ListAsync(story, request, "vulnerabilities", EsetWeaknesses.OfSystem, EsetWeaknesses.IsOfSystem)),
        new(Service, "GET /v1/device-vulnerabilities", request => ListAsync(story, request, "vulnerabilities", EsetWeaknesses.OnDevice, Scope(request))),
        new(Service, "GET /v1/vulnerable-devices", request => ListAsync(story, request, "devices", EsetWeaknesses.Vulnerable)),
        new(Service, "GET /v1/scans/recent", request => ScansAsync(story, request)),
        new(Patches, "GET /v1/device-patches", request => ListAsync(story, request, "devices", EsetWeaknesses.Patch)),
        new(Patches, "GET /v1/patching-process-details", request => ListAsync(story, request, "patchingDetails", EsetWeaknesses.Patching, static weakness => weakness.Status == WeaknessStatus.Mitigated)),
        new(Patches, "GET /v1/application-patching-processes/recent/details", request => EsetAnswers.AllAsync(
            request, "patchingDetails", Enumerable.Range(0, 20).Select(index => EsetWeaknesses.ApplicationPatching(story, story.World.Weakness(index))))),
    ];

    private static Func<Weakness, bool>? Scope(EsetRequest request) => request.Query("vulnerabilityScope") switch
    {
        "VULNERABILITY_SCOPE_OPERATING_SYSTEM" => EsetWeaknesses.IsOfSystem,
        "VULNERABILITY_SCOPE_APPLICATION" => static weakness => !EsetWeaknesses.IsOfSystem(weakness),
        "VULNERABILITY_SCOPE_PACKAGE" => static _ => false,
        _ => null,
    };

    private static Task ListAsync(EsetStory story, EsetRequest request, string key, Func<EsetStory, Weakness, JsonObject> write, Func<Weakness, bool>? fits = null)
    {
        var device = request.QueryId("deviceUuid") is { } id ? story.Devices.Value.GetValueOrDefault(id, -1) : (int?)null;
        return EsetAnswers.PageAsync(request, key, story.World.WeaknessCount, index =>
        {
            var weakness = story.World.Weakness(index);
            return (device is null || weakness.DeviceIndex == device) && InGroup(story, request, weakness.DeviceIndex) && fits?.Invoke(weakness) != false ? write(story, weakness) : null;
        });
    }

    private static Task ScansAsync(EsetStory story, EsetRequest request)
    {
        var device = request.QueryId("deviceUuid") is { } id ? story.Devices.Value.GetValueOrDefault(id, -1) : (int?)null;
        return EsetAnswers.PageAsync(request, "scanDetails", story.World.DeviceCount, index
            => (device is null || index == device) && InGroup(story, request, index) && story.World.Device(index) is { Agent: not null } scanned ? EsetWeaknesses.Scan(scanned) : null);
    }

    private static bool InGroup(EsetStory story, EsetRequest request, int device)
        => request.Query("deviceGroupUuid") is not { } group || EsetEstate.Group(story, story.World.Device(device)).ToString() == group || group == story.Documents.Root.ToString();
}
