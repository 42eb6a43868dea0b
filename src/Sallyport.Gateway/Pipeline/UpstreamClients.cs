using System.Collections.Concurrent;
using Sallyport.Core;
using Sallyport.Core.Resilience;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Gateway.Pipeline;

/// <summary>One client and one circuit breaker for each tenant and platform, made when first needed and never shared between tenants.</summary>
public sealed class UpstreamClients(Func<Tenant, UpstreamContext> contextOf, CircuitOptions circuit, TimeProvider time) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Tenant, string Connector), Lazy<IAsyncDisposable>> _clients = new();
    private readonly ConcurrentDictionary<(string Tenant, string Upstream), CircuitBreaker> _breakers = new();

    /// <summary>Every breaker so far, by tenant and upstream.</summary>
    public IEnumerable<KeyValuePair<(string Tenant, string Upstream), CircuitBreaker>> Breakers => _breakers;

    public IAsyncDisposable Client(Tenant tenant, IConnector connector)
        => _clients.GetOrAdd((tenant.Id, connector.Id), _ => new Lazy<IAsyncDisposable>(() => connector.Connect(tenant.Connectors[connector.Id], contextOf(tenant)))).Value;

    public CircuitBreaker Breaker(Tenant tenant, CatalogEntry entry)
        => _breakers.GetOrAdd((tenant.Id, entry.Upstream), key => new CircuitBreaker(key.Upstream, circuit, time));

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values.Where(client => client.IsValueCreated))
            await client.Value.DisposeAsync();
    }
}
