using Sallyport.Gateway.Pipeline;

namespace Sallyport.Hosting;

/// <summary>A gate that is ready to serve, and what must be let go in order when it stops.</summary>
internal sealed class RunningGateway(GatewayParts parts, ToolExecution execution) : IAsyncDisposable
{
    public GatewayParts Parts => parts;

    public async ValueTask DisposeAsync()
    {
        await parts.Clients.DisposeAsync();
        execution.Dispose();
        // Last: whatever the clients still do is recorded.
        await parts.Audit.DisposeAsync();
    }
}
