using System.Text.Json.Nodes;
using Sallyport.Simulator.Eset.Routing;
using Sallyport.Simulator.Eset.Story;

namespace Sallyport.Simulator.Eset.Services;

/// <summary>Device tasks and how they went.</summary>
internal static class TaskRoutes
{
    private const string Service = "automation";

    public static IEnumerable<EsetRoute> Of(EsetStory story) =>
    [
        new(Service, "GET /v1/device_tasks", request => EsetAnswers.PageAsync(request, "tasks", story.Documents.Tasks.All())),
        new(Service, "POST /v1/device_tasks", request => CreateAsync(story, request)),
        new(Service, "GET /v1/device_tasks/{taskUuid}", request => EsetAnswers.OneAsync(request, "task", story.Documents.Tasks.Find(request.Path["taskUuid"]))),
        EsetRoute.Change(Service, "DELETE /v1/device_tasks/{taskUuid}", request => story.Documents.Tasks.Remove(request.Path["taskUuid"])),
        new(Service, "GET /v1/device_tasks/{taskUuid}/runs", request => RunsAsync(story, request)),
        EsetRoute.Change(Service, "POST /v1/device_tasks/{taskUuid}:updateTaskTargets", request => Replace(story, request, "targets")),
        EsetRoute.Change(Service, "POST /v1/device_tasks/{taskUuid}:updateTaskTriggers", request => Replace(story, request, "triggers")),
    ];

    private static Task CreateAsync(EsetStory story, EsetRequest request)
    {
        var task = (JsonObject?)request.Body["task"]?.DeepClone() ?? [];
        (task["createTime"], task["updateTime"], task["versionId"]) = (story.Now, story.Now, "1");
        return EsetAnswers.OneAsync(request, "task", story.Documents.Tasks.Add(task));
    }

    /// <summary>One run for every device that the task names.</summary>
    private static Task RunsAsync(EsetStory story, EsetRequest request)
    {
        if (story.Documents.Tasks.Find(request.Path["taskUuid"]) is not { } task)
            return EsetAnswers.ErrorAsync(request.Http, 404);
        var devices = (task["targets"]?["devicesUuids"]?.AsArray() ?? []).Select(device => (string)device!).Where(device => request.Query("deviceUuid") is not { } asked || asked == device);
        return EsetAnswers.PageAsync(request, "taskRuns", [.. devices.Select(device => new JsonObject
        {
            ["uuid"] = story.Id(35).ToString(),
            ["taskUuid"] = request.Path["taskUuid"],
            ["deviceUuid"] = device,
            ["status"] = "TASK_RUN_STATUS_FINISHED",
            ["startTime"] = EsetStory.Text(story.World.Ago(TimeSpan.FromDays(3))),
            ["endTime"] = EsetStory.Text(story.World.Ago(TimeSpan.FromDays(3)).AddMinutes(11)),
        })]);
    }

    private static bool Replace(EsetStory story, EsetRequest request, string member)
        => story.Documents.Tasks.Change(request.Path["taskUuid"], new JsonObject { [member] = request.Body[member]?.DeepClone(), ["updateTime"] = story.Now }) is not null;
}
