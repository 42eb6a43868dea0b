using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sallyport.Simulator.Eset.Routing;
using Sallyport.Simulator.Eset.Story;
using Sallyport.Simulator.World.Detections;

namespace Sallyport.Simulator.Eset.Services;

/// <summary>Detections and their groups.</summary>
internal static class DetectionRoutes
{
    private const string Service = "incident-management";

    public static IEnumerable<EsetRoute> Of(EsetStory story) =>
    [
        new(Service, "GET /v1/detections", request => ListAsync(story, request, "detections", EsetDetections.Older, withTotal: true)),
        new(Service, "GET /v1/detections/{detectionUuid}", request => EsetAnswers.OneAsync(request, "detection", One(story, story.Detections, request.Id("detectionUuid"), EsetDetections.Older))),
        new(Service, "GET /v2/detections", request => ListAsync(story, request, "detections", EsetDetections.Newer)),
        new(Service, "GET /v2/detections/{detectionUuid}", request => EsetAnswers.OneAsync(request, "detection", One(story, story.Detections, request.Id("detectionUuid"), EsetDetections.Newer))),
        EsetRoute.Change(Service, "POST /v2/detections/{detectionUuid}:resolve", request => story.Change(
            story.Detections, request.Id("detectionUuid"), new JsonObject { ["resolved"] = true, ["note"] = request.Body["note"]?.DeepClone() })),
        new(Service, "POST /v2/detections:batchGet", request => EsetAnswers.AllAsync(
            request, "detections", request.Texts("detectionUuids").Select(id => One(story, story.Detections, Guid.TryParse(id, out var known) ? known : Guid.Empty, EsetDetections.Newer)).OfType<JsonNode>())),
        new(Service, "GET /v2/detection-groups", request => ListAsync(story, request, "detectionGroups", EsetDetections.Group)),
        new(Service, "GET /v2/detection-groups/{detectionGroupUuid}", request => EsetAnswers.OneAsync(request, "detectionGroup", One(story, story.DetectionGroups, request.Id("detectionGroupUuid"), EsetDetections.Group))),
        EsetRoute.Change(Service, "POST /v2/detection-groups/{detectionGroupUuid}:resolve", request => story.Change(
            story.DetectionGroups, request.Id("detectionGroupUuid"), new JsonObject { ["resolvedCount"] = 1, ["note"] = request.Body["note"]?.DeepClone() })),
        new(Service, "POST /v2/detection-groups:search", request => SearchAsync(story, request)),
    ];

    private static JsonObject? One(EsetStory story, Lazy<Dictionary<Guid, int>> kind, Guid id, Func<EsetStory, int, JsonObject> write)
        => kind.Value.TryGetValue(id, out var index) ? write(story, index) : null;

    private static Task ListAsync(EsetStory story, EsetRequest request, string key, Func<EsetStory, int, JsonObject> write, bool withTotal = false)
    {
        if (!TryTime(request, "startTime", out var start) || !TryTime(request, "endTime", out var end))
            return EsetAnswers.ErrorAsync(request.Http, StatusCodes.Status400BadRequest);
        var device = request.QueryId("deviceUuid") is { } id ? story.Devices.Value.GetValueOrDefault(id, -1) : (int?)null;
        return EsetAnswers.PageAsync(request, key, story.World.DetectionCount(DetectionSource.Endpoint), index =>
        {
            var detection = EsetDetections.Told(story, index);
            var fits = (device is null || detection.DeviceIndex == device) && (start is null || detection.LastSeen >= start) && (end is null || detection.LastSeen < end);
            return fits ? write(story, index) : null;
        }, withTotal);
    }

    private static bool TryTime(EsetRequest request, string name, out DateTimeOffset? time)
    {
        time = null;
        if (request.Query(name) is not { } text)
            return true;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read))
            return false;
        time = read;
        return true;
    }

    /// <summary>Understands what the documentation shows first: resolved eq 0. Anything else finds everything.</summary>
    private static Task SearchAsync(EsetStory story, EsetRequest request)
    {
        var openOnly = ((string?)request.Body["filter"])?.Contains("resolved eq 0", StringComparison.Ordinal) == true;
        var groups = Enumerable.Range(0, story.World.DetectionCount(DetectionSource.Endpoint)).Select(index => EsetDetections.Group(story, index))
            .Where(group => !openOnly || (int?)group["resolvedCount"] == 0).Take(1000);
        return EsetAnswers.AllAsync(request, "detectionGroups", groups);
    }
}
