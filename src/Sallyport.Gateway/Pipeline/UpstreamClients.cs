using System.Collections.Concurrent;
using Sallyport.Core;
using Sallyport.Core.RequestTenants;
using Sallyport.Core.Resilience;
using Sallyport.Gateway.Operating;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Gateway.Pipeline;

/// <summary>
/// One client and one circuit breaker for each tenant and platform, made when first needed and never shared between tenants. A
/// tenant whose settings changed is another tenant here, so that calls on their way keep the client they started with.
/// </summary>
public sealed class UpstreamClients(Func<Tenant, UpstreamContext> contextOf, CircuitRules circuits, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Accounts that requests brought and whose clients are kept.</summary>
    private const int MostAccounts = 256;

    private static readonly TimeSpan AccountIdle = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<(Tenant Tenant, string Connector), TenantClient> _clients = new();
    private readonly ConcurrentDictionary<(string Tenant, string Upstream), (CircuitBreaker Breaker, CircuitOptions? Own)> _breakers = new();
    private readonly ClientPool _accounts = new(MostAccounts, AccountIdle, time);
    private CircuitRules _circuits = circuits;
    private volatile bool _closed;

    /// <summary>Called with tenant, upstream, the state left, the state entered and why.</summary>
    public event Action<string, string, CircuitState, CircuitState, string>? BreakerChanged;

    /// <summary>Called with tenant and note when work between calls begins, goes on or ends.</summary>
    public event Action<string, WorkNote>? WorkNoted;

    /// <summary>Every breaker so far, by tenant and upstream.</summary>
    public IEnumerable<(string Tenant, string Upstream, CircuitBreaker Breaker)> Breakers
        => _breakers.Select(entry => (entry.Key.Tenant, entry.Key.Upstream, entry.Value.Breaker));

    public IAsyncDisposable Client(Tenant tenant, IConnector connector) => Shared(tenant, connector).Client;

    /// <summary>The configured client. Dispose the lease after use.</summary>
    public ClientLease Lease(Tenant tenant, IConnector connector) => Shared(tenant, connector).Lease();

    /// <summary>The account that the call's request brought, with its own circuit; null when it brought none.</summary>
    internal async ValueTask<AccountLease?> LeaseAccountAsync(ToolCall call) => call.Account is { Accepted: var accepted } account
        ? new AccountLease(await _accounts.LeaseAsync($"{account.Tenant} {account.Connector} {accepted.Key}", () => new AccountClient(
            new Lazy<IAsyncDisposable>(() => call.Entry.Connector.Connect(accepted.Settings, ContextOf(call.Tenant))), NewBreaker(account.Tenant, call.Entry.Upstream, call.Entry.Tool.Circuit))))
        : null;

    public CircuitBreaker Breaker(Tenant tenant, CatalogEntry entry)
        => _breakers.GetOrAdd((tenant.Id, entry.Upstream), key => (NewBreaker(key.Tenant, key.Upstream, entry.Tool.Circuit), entry.Tool.Circuit)).Breaker;

    /// <summary>When the circuit of this tool's upstream opens.</summary>
    public CircuitOptions OptionsOf(CatalogEntry entry) => Volatile.Read(ref _circuits).For(entry.Upstream, entry.Tool.Circuit);

    /// <summary>Goes on with other thresholds; what is open stays open.</summary>
    public void Use(CircuitRules changed)
    {
        Volatile.Write(ref _circuits, changed);
        foreach (var ((_, upstream), (breaker, own)) in _breakers)
            breaker.Use(changed.For(upstream, own));
    }

    /// <summary>Closes the clients of tenants that are gone or changed, each after its last call.</summary>
    public async ValueTask KeepOnlyAsync(IReadOnlyCollection<Tenant> tenants)
    {
        foreach (var key in _clients.Keys.Where(key => !tenants.Contains(key.Tenant)))
        {
            if (!_clients.TryRemove(key, out var gone))
                continue;
            // Work that goes on between calls is taken over by the tenant's next client, which must be there before this one goes.
            if (gone.Connector.WorksBetweenCalls && tenants.FirstOrDefault(tenant => tenant.Id == key.Tenant.Id && tenant.Has(key.Connector)) is { } next)
                _ = Shared(next, gone.Connector).Client;
            await gone.RetireAsync();
        }

        foreach (var key in _breakers.Keys.Where(key => tenants.All(tenant => tenant.Id != key.Tenant)))
            _breakers.TryRemove(key, out _);
    }

    /// <summary>From here on no platform is turned to: who still wants one, such as a look at its health, is refused.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        foreach (var client in _clients.Values)
            await client.CloseAsync();
        await _accounts.DisposeAsync();
    }

    private TenantClient Shared(Tenant tenant, IConnector connector)
        => _clients.GetOrAdd((tenant, connector.Id), _ => new TenantClient(connector, () => connector.Connect(
            tenant.Connectors[connector.Id], ContextOf(tenant) with { OnWork = note => WorkNoted?.Invoke(tenant.Id, note) })));

    /// <summary>Every client starts with one, whoever it is for.</summary>
    private UpstreamContext ContextOf(Tenant tenant)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        return contextOf(tenant);
    }

    private CircuitBreaker NewBreaker(string tenant, string upstream, CircuitOptions? own)
    {
        var breaker = new CircuitBreaker(upstream, Volatile.Read(ref _circuits).For(upstream, own), time);
        breaker.Changed += (from, to, reason) => BreakerChanged?.Invoke(tenant, upstream, from, to, reason);
        return breaker;
    }
}
