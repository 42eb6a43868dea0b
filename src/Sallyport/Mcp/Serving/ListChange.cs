using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Sallyport.Mcp.Serving;

/// <summary>Tells a connected client that its tools may be others now.</summary>
internal static class ListChange
{
    /// <summary>Does not wait: a client that hangs must not hold up the others.</summary>
    public static void Tell(McpServer server) => _ = TellAsync(server);

    private static async Task TellAsync(McpServer server)
    {
        try
        {
            await server.SendNotificationAsync(NotificationMethods.ToolListChangedNotification, CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException or ObjectDisposedException)
        {
            // The client has gone, or has not said hello yet.
        }
    }
}
