using Sallyport.Configuration;
using Sallyport.Gateway.Observability;

namespace Sallyport.Hosting;

/// <summary>A gate that is ready to serve, and what must be let go in order when it stops.</summary>
internal sealed class RunningGateway(LastingParts lasting, GatewayParts parts) : IAsyncDisposable
{
    private readonly GateGauges _gauges = new(() => parts.Rules.Offer.Catalog, lasting.Clients, lasting.Approvals, lasting.Slots, Product.Version);

    public GatewayParts Parts => parts;

    /// <summary>Goes on with other settings, all of them at once.</summary>
    public ValueTask ApplyAsync(SallyportSettings settings)
    {
        var rules = GatewayBuilder.Rules(settings, lasting);
        lasting.Clients.Use(GatewayBuilder.Circuits(settings.CircuitBreaker));
        return parts.SwapAsync(rules);
    }

    public async ValueTask DisposeAsync()
    {
        _gauges.Dispose();
        await lasting.Clients.DisposeAsync();
        lasting.Slots.Dispose();
        await lasting.Approvals.DisposeAsync();
        // Last: whatever the clients still do is recorded.
        await lasting.Audit.DisposeAsync();
    }
}
