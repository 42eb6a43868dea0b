using System.Text.Json.Nodes;
using Sallyport.Connectors.Eset.Operations.Estate;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Composites;

/// <summary>All that ESET knows about one device, in one answer.</summary>
internal static class DeviceProfile
{
    private const int Rows = 10;
    private const int Scans = 5;

    /// <summary>
    /// The newer list of detections cannot be filtered by device; groups can, so they stand for it. Whatever else fails, without
    /// the device there is no profile.
    /// </summary>
    public static async Task<ToolContent> RunAsync(EsetClient eset, DeviceRef args, ToolContext context, CancellationToken cancellationToken)
    {
        using var parts = new Parts(eset, context);
        var device = await parts.GetAsync("device-management", $"/v1/devices/{args.DeviceUuid}", cancellationToken);
        context.NoteRead("device", args.DeviceUuid);
        var result = new JsonObject { ["device"] = Parts.Node(device.TryGetProperty("device", out var inner) ? inner : device) };
        await Parts.AddAsync(result,
        [
            Part("recentDetections", "incident-management", "/v1/detections", Rows),
            Part("detectionGroups", "incident-management", "/v2/detection-groups", Rows),
            Part("deviceVulnerabilities", "vulnerability-management", "/v1/device-vulnerabilities", Rows),
            Part("osVulnerabilities", "vulnerability-management", "/v1/device-os-vulnerabilities", Rows),
            Part("recentScans", "vulnerability-management", "/v1/scans/recent", Scans),
        ], cancellationToken);
        return Parts.Content(result);

        (string, Func<CancellationToken, Task<JsonNode?>>) Part(string name, string service, string path, int size)
            => (name, async token => Parts.Node(await parts.GetAsync(service, $"{path}?pageSize={size}&deviceUuid={args.DeviceUuid}", token)));
    }
}
