using Microsoft.Extensions.Logging;
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
        McpServerOptions options, Caller caller, Stream input, Stream output, ILoggerFactory logs, TimeProvider time, TimeSpan grace, CancellationToken cancellationToken)
    {
        var principal = new CallerPrincipal(caller);
        await using var drained = new DrainedInput(input, grace, time, cancellationToken);
        options.Filters.Message.IncomingFilters.Add(next => async (context, token) =>
        {
            context.User = principal;
            using (drained.Begin())
                await next(context, token);
        });
        await using var transport = new StreamServerTransport(drained, output, Product.Name, logs);
        await using var server = McpServer.Create(transport, options, logs);
        // Ends with its input: a cancelled token must not cut off calls that still have time to answer.
        await server.RunAsync(CancellationToken.None);
    }
}
