using System.Collections.Concurrent;
using Sallyport.Core;
using Sallyport.Core.RequestTenants;
using Sallyport.Core.Resilience;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Gateway.Pipeline;

/// <summary>One client and one circuit breaker for each tenant and platform, made when first needed and never shared between tenants.</summary>
public sealed class UpstreamClients(Func<Tenant, UpstreamContext> contextOf, CircuitOptions circuit, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Accounts that requests brought and whose clients are kept.</summary>
    private const int MostAccounts = 256;

    private static readonly TimeSpan AccountIdle = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<(string Tenant, string Connector), Lazy<IAsyncDisposable>> _clients = new();
    private readonly ConcurrentDictionary<(string Tenant, string Upstream), CircuitBreaker> _breakers = new();
    private readonly ClientPool _accounts = new(MostAccounts, AccountIdle, time);

    /// <summary>Every breaker so far, by tenant and upstream.</summary>
    public IEnumerable<KeyValuePair<(string Tenant, string Upstream), CircuitBreaker>> Breakers => _breakers;

    public IAsyncDisposable Client(Tenant tenant, IConnector connector)
        => _clients.GetOrAdd((tenant.Id, connector.Id), _ => new Lazy<IAsyncDisposable>(() => connector.Connect(tenant.Connectors[connector.Id], contextOf(tenant)))).Value;

    /// <summary>The client of the account that the call's request brought; null when it brought none.</summary>
    public async ValueTask<ClientLease?> LeaseAsync(ToolCall call) => call.Account is { Accepted: var accepted } account
        ? await _accounts.LeaseAsync($"{account.Tenant} {account.Connector} {accepted.Key}", () => call.Entry.Connector.Connect(accepted.Settings, contextOf(call.Tenant)))
        : null;

    public CircuitBreaker Breaker(Tenant tenant, CatalogEntry entry)
        => _breakers.GetOrAdd((tenant.Id, entry.Upstream), key => new CircuitBreaker(key.Upstream, circuit, time));

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values.Where(client => client.IsValueCreated))
            await client.Value.DisposeAsync();
        await _accounts.DisposeAsync();
    }
}
