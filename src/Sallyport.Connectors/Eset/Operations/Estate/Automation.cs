using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;
using Sallyport.Core.Tools;

namespace Sallyport.Connectors.Eset.Operations.Estate;

/// <summary>Tasks that devices carry out: scans, isolation, restarts, updates.</summary>
internal static class Automation
{
    private const string Service = "automation";

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        RestTool.Read("eset_tasks_list", "Device tasks with their action, targets and triggers; their outcomes are in eset_task_runs_list.",
            "GET /v1/device_tasks", static () => AutomationJson.Default.Page, Service) with
            { Alias = "task_device_tasks__list_tasks", Rows = "tasks" },
        // A task can isolate, shut down or wipe, so it is treated as the strongest thing it can do.
        RestTool.Write("eset_task_create", "Creates a task that devices carry out, such as a scan, a restart or network isolation.",
            "POST /v1/device_tasks", static () => AutomationJson.Default.CreateTask, Service) with
            { Alias = "task_device_tasks__create_task", IsDestructive = true },
        RestTool.Read("eset_task_get", "One device task: action, targets, triggers.",
            "GET /v1/device_tasks/{taskUuid}", static () => AutomationJson.Default.TaskRef, Service) with
            { Alias = "task_device_tasks__get_task" },
        RestTool.Write("eset_task_delete", "Deletes a device task; runs that are under way are not stopped.",
            "DELETE /v1/device_tasks/{taskUuid}", static () => AutomationJson.Default.TaskRef, Service) with
            { Alias = "task_device_tasks__delete_task", IsDestructive = true, IsIdempotent = true },
        RestTool.Read("eset_task_runs_list", "How one task went on each device: status, start, end, result.",
            "GET /v1/device_tasks/{taskUuid}/runs", static () => AutomationJson.Default.ListTaskRuns, Service) with
            { Alias = "task_device_tasks__list_task_runs", Rows = "taskRuns" },
        RestTool.Write("eset_task_targets_update", "Replaces the devices and groups that a task runs on.",
            "POST /v1/device_tasks/{taskUuid}:updateTaskTargets", static () => AutomationJson.Default.UpdateTaskTargets, Service) with
            { Alias = "task_device_tasks__update_task_targets", IsDestructive = true, IsIdempotent = true },
        RestTool.Write("eset_task_triggers_update", "Replaces when a task runs; a manual trigger runs it at once.",
            "POST /v1/device_tasks/{taskUuid}:updateTaskTriggers", static () => AutomationJson.Default.UpdateTaskTriggers, Service) with
            { Alias = "task_device_tasks__update_task_triggers", IsDestructive = true },
    ];
}

/// <summary>A task to create.</summary>
internal sealed record CreateTask(DeviceTask Task);

/// <summary>What devices are to do, which, and when.</summary>
internal sealed record DeviceTask(
    TaskAction Action,
    TaskTargets Targets,
    [ItemCount(1)] IReadOnlyList<TaskTrigger> Triggers,
    string? DisplayName = null,
    string? Description = null,
    [Description("Where the task belongs; chosen by ESET when left out.")] string? AssetGroupUuid = null,
    [AllowedValues(
        "DEVICE_TASK_SOURCE_UNSPECIFIED", "DEVICE_TASK_SOURCE_INTERNAL_AUTOMATION", "DEVICE_TASK_SOURCE_EXTERNAL_AUTOMATION",
        "DEVICE_TASK_SOURCE_INTERNAL_USER", "DEVICE_TASK_SOURCE_EXTERNAL_USER")]
    string? Source = null,
    string? Uuid = null,
    [Format(TextFormat.DateTime)] string? CreateTime = null,
    string? VersionId = null,
    [Format(TextFormat.DateTime)] string? UpdateTime = null);

/// <summary>The function devices call.</summary>
internal sealed record TaskAction(
    [Description("For example eset.dotnod.scan_management.v1.ScanManager/CreateScan or eset.dotnod.network_access_protection.v1.NetworkAccessProtection/StartNetworkIsolation.")]
    string Name,
    [Description("Its parameters; @type names the message.")] IReadOnlyDictionary<string, JsonElement>? Params = null);

/// <summary>The devices a task runs on.</summary>
internal sealed record TaskTargets(IReadOnlyList<string>? DevicesUuids = null, IReadOnlyList<string>? DeviceGroupsUuids = null);

/// <summary>When a task runs.</summary>
internal sealed record TaskTrigger(ManualTrigger? Manual = null);

/// <summary>Runs the task now.</summary>
internal sealed record ManualTrigger(
    [Description("Devices that come online later than this do not run it."), Format(TextFormat.DateTime)] string? ExpireTime = null);

/// <summary>One task.</summary>
internal sealed record TaskRef([Format(TextFormat.Uuid)] string TaskUuid);

/// <summary>Which runs of a task.</summary>
internal sealed record ListTaskRuns(
    [Format(TextFormat.Uuid)] string TaskUuid,
    [Format(TextFormat.Uuid)] string? DeviceUuid = null,
    [Description("Only the latest run of each device.")] bool? ListOnlyLastRuns = null,
    [PageSize] long? PageSize = null,
    [PageToken] string? PageToken = null);

/// <summary>A task and the devices it runs on from now on.</summary>
internal sealed record UpdateTaskTargets([Format(TextFormat.Uuid)] string TaskUuid, TaskTargets Targets);

/// <summary>A task and when it runs from now on.</summary>
internal sealed record UpdateTaskTriggers([Format(TextFormat.Uuid)] string TaskUuid, [ItemCount(1)] IReadOnlyList<TaskTrigger> Triggers);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Page))]
[JsonSerializable(typeof(CreateTask))]
[JsonSerializable(typeof(TaskRef))]
[JsonSerializable(typeof(ListTaskRuns))]
[JsonSerializable(typeof(UpdateTaskTargets))]
[JsonSerializable(typeof(UpdateTaskTriggers))]
internal sealed partial class AutomationJson : JsonSerializerContext;
