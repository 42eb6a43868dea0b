using ModelContextProtocol.Server;
using Sallyport.Gateway.Identity;
using Sallyport.Hosting;
using Sallyport.Mcp.Serving;

namespace Sallyport.Mcp.Stdio;

/// <summary>Serves the one client that started the program, over two streams of JSON lines, in every protocol revision.</summary>
internal static class StdioServer
{
    /// <summary>Returns when the client closes its side or the token is cancelled; calls that run then may end first.</summary>
    /// <param name="options">Made for this server alone: the caller is written into it.</param>
    /// <param name="grace">How long running calls may take to end once nothing more is read.</param>
    public static async Task RunAsync(
        GatewayParts gateway, McpServerOptions options, Caller caller, Stream input, Stream output, TimeSpan grace, CancellationToken cancellationToken)
    {
        var principal = new CallerPrincipal(caller);
        await using var drained = new DrainedInput(input, grace, gateway.Time, cancellationToken);
        options.Filters.Message.IncomingFilters.Add(next => async (context, token) =>
        {
            context.User = principal;
            using (drained.Begin())
                await next(context, token);
        });
        await using var transport = new StreamServerTransport(drained, output, Product.Name, gateway.Logs);
        await using var server = McpServer.Create(transport, options, gateway.Logs);
        gateway.Changed += Tell;
        try
        {
            // Ends with its input: a cancelled token must not cut off calls that still have time to answer.
            await server.RunAsync(CancellationToken.None);
        }
        finally
        {
            gateway.Changed -= Tell;
        }

        void Tell() => ListChange.Tell(server);
    }
}
