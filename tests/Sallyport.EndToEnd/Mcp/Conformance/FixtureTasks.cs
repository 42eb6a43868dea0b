#pragma warning disable MCPEXP002 // The extension seams are experimental; only this file touches them.
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Sallyport.EndToEnd.Mcp.Conformance;

/// <summary>Long calls that a client polls (the Tasks extension), as far as the conformance suite goes.</summary>
internal sealed class FixtureTasks
{
    public const string Extension = "io.modelcontextprotocol/tasks";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private readonly ConcurrentDictionary<string, FixtureTask> _tasks = new();

    public void AddTo(McpServerOptions options)
    {
        options.Capabilities!.Extensions = new Dictionary<string, object> { [Extension] = new JsonObject() };
        options.Filters.Request.CallToolWithAlternateFilters.Add(CallAsync);
        options.RequestHandlers ??= [];
        options.RequestHandlers.Add(Handler("tasks/get", (task, _) => task.Describe()));
        options.RequestHandlers.Add(Handler("tasks/update", static (task, parameters) =>
        {
            task.Answer(parameters["inputResponses"] as JsonObject ?? []);
            return Done();
        }));
        options.RequestHandlers.Add(Handler("tasks/cancel", static (task, _) =>
        {
            task.Cancel();
            return Done();
        }));
    }

    private McpServerRequestHandler Handler(string method, Func<FixtureTask, JsonObject, JsonNode> handle) => new()
    {
        Method = method,
        RoutingNameParameter = "taskId",
        Handler = (request, _) =>
        {
            if (!HasOptedIn(request.Context?.ClientCapabilities))
                throw Missing();
            var parameters = request.Params!.AsObject();
            return _tasks.TryGetValue(parameters["taskId"]?.ToString() ?? "", out var task)
                ? new ValueTask<JsonNode?>(handle(task, parameters))
                : throw new McpProtocolException("Unknown task.", McpErrorCode.InvalidParams);
        },
    };

    private async ValueTask<ResultOrAlternate<CallToolResult>> CallAsync(
        RequestContext<CallToolRequestParams> request, McpRequestHandler<CallToolRequestParams, ResultOrAlternate<CallToolResult>> next, CancellationToken cancellationToken)
    {
        var name = request.Params.Name;
        if (Work(name) is not { } work)
            return await next(request, cancellationToken);
        var answers = request.Params.InputResponses;
        if (name == "test_tool_with_task" && (answers is null || !answers.ContainsKey("user_name")))
            throw AskingTools.Required("name", ("user_name", AskingTools.Form("Name?", """{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}""")));
        var hasOptedIn = HasOptedIn(AskingTools.Capabilities(request));
        if (!hasOptedIn && name is "failing_job" or "test_tool_with_task" && !hasOptedIn)
            throw Missing();
        var arguments = JsonSerializer.SerializeToNode(request.Params.Arguments ?? new Dictionary<string, JsonElement>())!.AsObject();
        if (name == "test_tool_with_task")
            arguments["name"] = AskingTools.Field(answers!["user_name"], "name");
        var task = new FixtureTask(Guid.NewGuid().ToString("N"));
        if (!hasOptedIn)
            return new ResultOrAlternate<CallToolResult>((await work(task, arguments)).Deserialize<CallToolResult>(McpJsonUtilities.DefaultOptions)!);
        _tasks[task.Id] = task;
        _ = task.RunAsync(work(task, arguments));
        return ResultOrAlternate<CallToolResult>.FromAlternate(task.Create(), (JsonTypeInfo<CreatedTask>)Json.GetTypeInfo(typeof(CreatedTask)));
    }

    private static Func<FixtureTask, JsonObject, Task<JsonNode>>? Work(string name) => name switch
    {
        "slow_compute" => static async (task, arguments) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(arguments["seconds"]?.GetValue<double>() ?? 1), task.Cancelled);
            return Text("computed");
        }
        ,
        "failing_job" => static async (task, _) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), task.Cancelled);
            var result = Text("It failed.");
            result["isError"] = true;
            return result;
        }
        ,
        "protocol_error_job" => static async (task, _) =>
        {
            await Task.Delay(50, task.Cancelled);
            throw new McpProtocolException("It broke.", McpErrorCode.InternalError);
        }
        ,
        "confirm_delete" => static async (task, _) => Text((await task.AskAsync("confirm")).ToJsonString()),
        "multi_input" => static async (task, _) => Text((await task.AskAsync("first", "second")).ToJsonString()),
        "test_tool_with_task" => static async (task, arguments) =>
        {
            await Task.Delay(50, task.Cancelled);
            return Text($"Hello, {arguments["name"]}!");
        }
        ,
        _ => null,
    };

    private static JsonObject Text(string text) => new() { ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }) };

    private static JsonObject Done() => new() { ["resultType"] = "complete" };

    private static bool HasOptedIn(ClientCapabilities? capabilities) => capabilities?.Extensions?.ContainsKey(Extension) is true;

    private static MissingRequiredClientCapabilityException Missing()
        => new(new ClientCapabilities { Extensions = new Dictionary<string, object> { [Extension] = new JsonObject() } }, "The tasks extension is needed.");

    /// <summary>The answer to a call that became a task.</summary>
    internal sealed class CreatedTask : Result
    {
        public string TaskId { get; set; } = "";

        public string Status { get; set; } = "";

        public string CreatedAt { get; set; } = "";

        public string LastUpdatedAt { get; set; } = "";

        public int TtlMs { get; set; }

        public int PollIntervalMs { get; set; }
    }

    /// <summary>One call that goes on after it was answered.</summary>
    private sealed class FixtureTask(string id)
    {
        private readonly CancellationTokenSource _cancel = new();
        private readonly string _created = Now();
        private readonly JsonObject _answers = [];
        private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly JsonObject _asked = [];
        private string _status = "working";
        private string _updated = Now();
        private JsonNode? _result;
        private JsonObject? _error;

        public string Id => id;

        public CancellationToken Cancelled => _cancel.Token;

        public CreatedTask Create() => new() { ResultType = "task", TaskId = id, Status = "working", CreatedAt = _created, LastUpdatedAt = _updated, TtlMs = 60_000, PollIntervalMs = 100 };

        public async Task RunAsync(Task<JsonNode> work)
        {
            try
            {
                var result = await work;
                Set("completed", () => _result = result);
            }
            catch (OperationCanceledException)
            {
                Set("cancelled", static () => { });
            }
            catch (McpProtocolException exception)
            {
                Set("failed", () => _error = new JsonObject { ["code"] = (int)exception.ErrorCode, ["message"] = exception.Message });
            }
        }

        public async Task<JsonNode> AskAsync(params string[] keys)
        {
            lock (_asked)
            {
                foreach (var key in keys)
                    _asked[key] = JsonNode.Parse(AskingTools.Form($"{key}?", """{"type":"object","properties":{"confirm":{"type":"boolean"}}}"""));
                _status = "input_required";
            }

            await _answered.Task.WaitAsync(Cancelled);
            return _answers;
        }

        public void Answer(JsonObject answers)
        {
            lock (_asked)
            {
                foreach (var (key, answer) in answers.ToList())
                {
                    if (_asked.Remove(key))
                        _answers[key] = answer?.DeepClone();
                }

                if (_status == "input_required" && _asked.Count == 0)
                {
                    _status = "working";
                    _answered.TrySetResult();
                }
            }
        }

        public void Cancel() => _cancel.Cancel();

        public JsonObject Describe()
        {
            lock (_asked)
            {
                var described = new JsonObject
                {
                    ["resultType"] = "complete",
                    ["taskId"] = id,
                    ["status"] = _status,
                    ["createdAt"] = _created,
                    ["lastUpdatedAt"] = _updated,
                    ["ttlMs"] = 60_000,
                    ["pollIntervalMs"] = 100,
                };
                if (_result is not null)
                    described["result"] = _result.DeepClone();
                if (_error is not null)
                    described["error"] = _error.DeepClone();
                if (_status == "input_required")
                    described["inputRequests"] = _asked.DeepClone();
                return described;
            }
        }

        private void Set(string status, Action set)
        {
            lock (_asked)
            {
                set();
                _status = status;
                _updated = Now();
            }
        }

        private static string Now() => DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
    }
}
