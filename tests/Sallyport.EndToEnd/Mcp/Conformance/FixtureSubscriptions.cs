using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Sallyport.EndToEnd.Mcp.Conformance;

/// <summary>Streams on which clients hear that a list has changed, which fixture tools bring about.</summary>
internal sealed class FixtureSubscriptions
{
    private readonly ConcurrentDictionary<Channel<string>, SubscriptionsListenNotifications> _listeners = new();

    public void Changed(string notification)
    {
        foreach (var (listener, wanted) in _listeners)
        {
            if (notification == NotificationMethods.ToolListChangedNotification ? wanted.ToolsListChanged is true : wanted.PromptsListChanged is true)
                listener.Writer.TryWrite(notification);
        }
    }

    public async ValueTask<EmptyResult> ListenAsync(RequestContext<SubscriptionsListenRequestParams> request, CancellationToken cancellationToken)
    {
        var wanted = request.Params.Notifications;
        var events = Channel.CreateUnbounded<string>();
        _listeners[events] = wanted;
        try
        {
            await SendAsync(request, NotificationMethods.SubscriptionsAcknowledgedNotification, Granted(wanted), cancellationToken);
            await foreach (var notification in events.Reader.ReadAllAsync(cancellationToken))
                await SendAsync(request, notification, null, cancellationToken);
        }
        finally
        {
            _listeners.TryRemove(events, out _);
        }

        return new EmptyResult { Meta = Tag(request) };
    }

    private static Task SendAsync(RequestContext<SubscriptionsListenRequestParams> request, string method, JsonObject? granted, CancellationToken cancellationToken)
    {
        var parameters = new JsonObject { ["_meta"] = Tag(request) };
        if (granted is not null)
            parameters["notifications"] = granted;
        return request.Server.SendMessageAsync(new JsonRpcNotification { Method = method, Params = parameters }, cancellationToken);
    }

    private static JsonObject Granted(SubscriptionsListenNotifications wanted)
    {
        var granted = new JsonObject();
        if (wanted.ToolsListChanged is true)
            granted["toolsListChanged"] = true;
        if (wanted.PromptsListChanged is true)
            granted["promptsListChanged"] = true;
        return granted;
    }

    private static JsonObject Tag(RequestContext<SubscriptionsListenRequestParams> request)
        => new() { [MetaKeys.SubscriptionId] = JsonSerializer.SerializeToNode(request.JsonRpcRequest.Id.Id) };
}
