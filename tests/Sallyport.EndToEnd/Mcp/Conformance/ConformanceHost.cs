#pragma warning disable MCP9005 // The suite asks for features that the current revision deprecates.
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;
using Sallyport.Hosting.Http;
using Sallyport.Mcp.Serving;

namespace Sallyport.EndToEnd.Mcp.Conformance;

/// <summary>The product's own HTTP edge, serving the suite's fixtures. The suite sends no token, so every request is one caller's.</summary>
internal static class ConformanceHost
{
    public static Task<HttpHost> StartAsync(CancellationToken cancellationToken)
    {
        var surface = new McpSurface(Options(), new DirectTools(FixtureTools.List, FixtureTools.IsFixed, FixtureTools.CallAsync));
        var caller = new Caller("conformance", "reader", ["*"], "test");
        // A busy machine must not turn short answers into event streams, which the suite then judges as such.
        var options = new HttpOptions(new IPEndPoint(IPAddress.Loopback, 0), _ => new(caller)) { KeepAliveAfter = TimeSpan.FromMinutes(1) };
        return HttpHost.StartAsync(options, _ => surface, static _ => { }, NullLoggerFactory.Instance, TimeProvider.System, cancellationToken);
    }

    private static McpServerOptions Options()
    {
        var subscriptions = new FixtureSubscriptions();
        var options = McpOptions.New(null);
        options.Capabilities!.Tools!.ListChanged = true;
        options.Capabilities.Prompts!.ListChanged = true;
        options.Handlers = new McpServerHandlers
        {
            ListToolsHandler = (_, _) => new(System.Text.Json.JsonSerializer.Deserialize(
                [.. "{\"tools\":"u8, .. FixtureTools.List, (byte)'}'], McpJsonUtilities.GetTypeInfo<ListToolsResult>(McpJsonUtilities.DefaultOptions))!),
            CallToolHandler = (request, cancellationToken) => CallAsync(request, subscriptions, cancellationToken),
            SubscriptionsListenHandler = subscriptions.ListenAsync,
        };
        FixturePages.AddTo(options.Handlers);
        new FixtureTasks().AddTo(options);
        return options;
    }

    private static async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, FixtureSubscriptions subscriptions, CancellationToken cancellationToken)
    {
        var name = request.Params.Name;
        if (AskingTools.Call(request) is { } answer)
            return answer;
        switch (name)
        {
            case "test_trigger_tool_change":
                subscriptions.Changed(NotificationMethods.ToolListChangedNotification);
                return AskingTools.Text("Changed.");
            case "test_trigger_prompt_change":
                subscriptions.Changed(NotificationMethods.PromptListChangedNotification);
                return AskingTools.Text("Changed.");
            case "test_tool_with_logging":
                foreach (var text in (string[])["Tool execution started", "Tool processing data", "Tool execution completed"])
                {
                    await LogAsync(request, text, cancellationToken);
                    await Task.Delay(50, cancellationToken);
                }

                return AskingTools.Text("Logged.");
            case "test_logging_tool":
                if (request.JsonRpcRequest.Context?.LogLevel is not null)
                    await LogAsync(request, "Asked for.", cancellationToken);
                return AskingTools.Text("Logged when asked to.");
            case "test_reconnection":
                return AskingTools.Text("Still here.");
            case "test_tool_with_progress" when request.Params.ProgressToken is { } token:
                return await WithProgressAsync(request, token, cancellationToken);
            default:
                return FixtureTools.IsFixed(name)
                    ? ToolResults.ToProtocol(await FixtureTools.CallAsync(new ToolCallRequest(CallerPrincipal.Of(request), name, Arguments(request)), cancellationToken))
                    : throw new McpProtocolException("Unknown tool.", McpErrorCode.InvalidParams);
        }
    }

    private static async Task<CallToolResult> WithProgressAsync(RequestContext<CallToolRequestParams> request, ProgressToken token, CancellationToken cancellationToken)
    {
        await using var progress = new ProgressRelay(step => request.Server.NotifyProgressAsync(
            token, new ProgressNotificationValue { Progress = (float)step.Done, Total = (float?)step.Total }, cancellationToken: cancellationToken));
        return ToolResults.ToProtocol(await FixtureTools.CallAsync(
            new ToolCallRequest(CallerPrincipal.Of(request), request.Params.Name, default) { Progress = progress }, cancellationToken));
    }

    private static byte[] Arguments(RequestContext<CallToolRequestParams> request)
        => System.Text.Encoding.UTF8.GetBytes(request.JsonRpcRequest.Params?["arguments"]?.ToJsonString() ?? "{}");

    private static Task LogAsync(RequestContext<CallToolRequestParams> request, string text, CancellationToken cancellationToken)
        => request.Server.SendMessageAsync(
            new JsonRpcNotification { Method = NotificationMethods.LoggingMessageNotification, Params = new JsonObject { ["level"] = "info", ["data"] = text } }, cancellationToken);
}
