using System.Runtime.CompilerServices;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Sallyport.Gateway.Discovery;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Work;
using Sallyport.Hosting;

namespace Sallyport.Mcp.Serving;

/// <summary>What each kind of caller is served over MCP, made once for everybody who sees the same tools.</summary>
internal sealed class McpSurfaces(GatewayParts gateway)
{
    /// <summary>How long a client may keep a list: they change only when the operator changes settings.</summary>
    public static readonly TimeSpan ListLifetime = TimeSpan.FromMinutes(1);

    // Weak, so that what belongs to a list goes when the listing makes a new one.
    private readonly ConditionalWeakTable<ToolList, McpSurface> _surfaces = [];

    private readonly ConditionalWeakTable<ToolList, Shelves> _shelves = [];

    public McpSurface For(Caller caller)
    {
        var list = gateway.Listing.For(caller);
        return _surfaces.TryGetValue(list, out var surface) ? surface : _surfaces.GetValue(list, Make);
    }

    private McpSurface Make(ToolList list)
    {
        var options = McpOptions.New(gateway.Instructions);
        // Asked for anew each time: a session outlives the list that it began with.
        options.Handlers = new McpServerHandlers
        {
            ListToolsHandler = (request, _) => new(Of(request).Tools.Value),
            CallToolHandler = CallAsync,
            ListPromptsHandler = (request, token) => Of(request).Prompts.Value.ListAsync(request, token),
            GetPromptHandler = (request, token) => Of(request).Prompts.Value.GetAsync(request, token),
            ListResourcesHandler = (request, token) => Of(request).Resources.Value.ListAsync(request, token),
            ReadResourceHandler = (request, token) => Of(request).Resources.Value.ReadAsync(request, token),
            ListResourceTemplatesHandler = static (_, _) => new(new ListResourceTemplatesResult { TimeToLive = ListLifetime, CacheScope = CacheScope.Private }),
            CompleteHandler = static (_, _) => new(new CompleteResult { Completion = new Completion { Values = [], Total = 0, HasMore = false } }),
            SubscribeToResourcesHandler = static (_, _) => new(new EmptyResult()),
            UnsubscribeFromResourcesHandler = static (_, _) => new(new EmptyResult()),
        };
        return new McpSurface(options, new DirectTools(list.Utf8, static _ => true, RunAsync) { MayAsk = MayWait });
    }

    private Shelves Of(MessageContext request)
    {
        var caller = CallerPrincipal.Of(request);
        var list = gateway.Listing.For(caller);
        return _shelves.TryGetValue(list, out var shelves) ? shelves : _shelves.GetValue(list, _ => Fill(caller, list));
    }

    private Shelves Fill(Caller caller, ToolList list)
    {
        var granted = gateway.Tenants.GrantedTo(caller).ToList();
        // Whoever may use nothing of a platform has no business with its pages and prompts either.
        var connectors = gateway.Connectors.Where(connector => list.Entries.Any(entry => entry.Connector == connector)).ToList();
        var names = list.Entries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        // Each is filled when it is asked for; only clients of older revisions and of stdio ask for tools in this form.
        return new Shelves(
            new(() => ToProtocol(list)),
            new(() => new PromptShelf(WorkPrompts.For(list, connectors), connectors, names.Contains, gateway.UsesAliases)),
            new(() => new ResourceShelf(connectors, granted, gateway.Clients)));
    }

    private async Task<ReadOnlyMemory<byte>> RunAsync(ToolCallRequest request, CancellationToken cancellationToken)
        => ToolResults.ToUtf8(await gateway.Pipeline.RunAsync(request, cancellationToken));

    private async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        // Written from the message, not from the parsed dictionary, so that the gates see every member as it was sent.
        var arguments = request.JsonRpcRequest.Params?["arguments"] is { } sent ? JsonSerializer.SerializeToUtf8Bytes(sent, McpOptions.Nodes) : [];
        var call = new ToolCallRequest(CallerPrincipal.Of(request), request.Params.Name, arguments)
        {
            Trace = CallerPrincipal.TraceOf(request),
            Answer = ApprovalQuestion.AnswerIn(request.Params),
        };
        if (request.Params.ProgressToken is not { } token)
            return await AnswerAsync(request, call, cancellationToken);
        await using var progress = new ProgressRelay(step => request.Server.NotifyProgressAsync(
            token, new ProgressNotificationValue { Progress = (float)step.Done, Total = (float?)step.Total, Message = step.Message }, cancellationToken: cancellationToken));
        return await AnswerAsync(request, call with { Progress = progress }, cancellationToken);
    }

    /// <summary>The result; or, for a call that waits for a person whom this client can reach, a question to that person.</summary>
    private async Task<CallToolResult> AnswerAsync(RequestContext<CallToolRequestParams> request, ToolCallRequest call, CancellationToken cancellationToken)
    {
        var outcome = await gateway.Pipeline.RunAsync(call, cancellationToken);
        if (outcome is ToolOutcome.Refused { Gate: ToolOutcome.RequestState } refused)
            throw new McpProtocolException(refused.Error.Message, McpErrorCode.InvalidParams);
        if (outcome is ToolOutcome.Held held && call.Answer is null && await ApprovalQuestion.AskAsync(gateway.Approvals, request, held, cancellationToken) is { } question)
            throw question;
        return ToolResults.ToProtocol(ToolResults.ToUtf8(outcome));
    }

    /// <summary>Whether a call of this name may wait for a person.</summary>
    private bool MayWait(string name)
        => gateway.Rules.Offer.Catalog.Find(name) is { } entry && (entry.IsRelay || entry.Tool.AsksPerson is not null || gateway.Approvals.Policy.CanHold(entry.Tool));

    private static ListToolsResult ToProtocol(ToolList list)
    {
        var result = JsonSerializer.Deserialize([.. "{\"tools\":"u8, .. list.Utf8.Span, (byte)'}'], McpJsonUtilities.GetTypeInfo<ListToolsResult>(McpJsonUtilities.DefaultOptions))!;
        result.TimeToLive = ListLifetime;
        result.CacheScope = CacheScope.Private;
        return result;
    }

    /// <summary>What a caller is shown besides its calls.</summary>
    private sealed record Shelves(Lazy<ListToolsResult> Tools, Lazy<PromptShelf> Prompts, Lazy<ResourceShelf> Resources);
}
