using Sallyport.Gateway.Identity;
using Sallyport.Mcp.Serving;
using Sallyport.Mcp.Stdio;

namespace Sallyport.Hosting;

/// <summary>Serves MCP over standard input and output. Nothing else may write to standard output.</summary>
internal static class StdioHost
{
    /// <summary>Returns when the client closes standard input or the token is cancelled, once running calls have ended.</summary>
    /// <param name="grace">How long running calls may take to end.</param>
    public static async Task RunAsync(GatewayParts gateway, Caller caller, TimeSpan grace, CancellationToken cancellationToken)
    {
        await using var input = Console.OpenStandardInput();
        await using var output = Console.OpenStandardOutput();
        await RunAsync(gateway, caller, input, output, grace, cancellationToken);
    }

    internal static Task RunAsync(GatewayParts gateway, Caller caller, Stream input, Stream output, TimeSpan grace, CancellationToken cancellationToken)
        => StdioServer.RunAsync(gateway, new McpSurfaces(gateway).For(caller).ForSession(), caller, input, output, grace, cancellationToken);
}
