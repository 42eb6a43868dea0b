using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Sallyport.Core;
using Sallyport.Core.RequestTenants;
using Sallyport.Core.Resilience;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Gateway.Health;

/// <summary>Asks each tenant's platforms whether they are there and know us.</summary>
public sealed class PlatformHealth(IReadOnlyList<IConnector> connectors, UpstreamClients clients, TimeProvider time)
{
    /// <summary>Credentials that were refused are not shown again for so long: platforms lock accounts that keep trying.</summary>
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMinutes(10);

    // By the tenant's very settings: others are tried at once.
    private readonly ConcurrentDictionary<(Tenant Tenant, string Connector), (HealthFinding Finding, long At)> _refused = new();

    public IReadOnlyList<HealthCheck> Of(IReadOnlyList<Tenant> tenants)
    {
        foreach (var gone in _refused.Keys.Where(key => !tenants.Contains(key.Tenant)))
            _refused.TryRemove(gone, out _);
        return [.. Checks(tenants)];
    }

    private IEnumerable<HealthCheck> Checks(IReadOnlyList<Tenant> tenants)
        => from tenant in tenants
           from connector in connectors
           where tenant.Has(connector.Id) && !TakesAccounts(connector, tenant)
           select new HealthCheck($"platform_{tenant.Id}_{connector.Id}", HealthPriority.Important, token => LookAsync(tenant, connector, token)) { Tenant = tenant.Id };

    /// <summary>Where requests bring the account there is none of ours to ask with.</summary>
    private static bool TakesAccounts(IConnector connector, Tenant tenant) => connector is IRequestTenants reader && reader.AppliesTo(tenant.Connectors[connector.Id]);

    private async ValueTask<HealthFinding> LookAsync(Tenant tenant, IConnector connector, CancellationToken cancellationToken)
    {
        if (_refused.TryGetValue((tenant, connector.Id), out var refused) && time.GetElapsedTime(refused.At) < AfterRefusal)
            return refused.Finding;
        var about = new JsonObject { ["tenant"] = tenant.Id, ["platform"] = connector.Id };
        if (clients.Breakers.Any(breaker => breaker.Tenant == tenant.Id && breaker.Upstream == connector.Id && breaker.Breaker.State == CircuitState.Open))
            return HealthFinding.Weak($"{connector.Title} has failed repeatedly and is left alone for now.", about);
        try
        {
            await using var lease = clients.Lease(tenant, connector);
            await connector.ProbeAsync(lease.Client, cancellationToken);
            return HealthFinding.Well($"{connector.Title} answers and knows us.", about);
        }
        catch (UpstreamException failure)
        {
            about["failure"] = ErrorCode.Of(failure.Failure);
            var finding = failure.Failure == UpstreamFailure.Throttled ? HealthFinding.Weak(failure.Message, about) : HealthFinding.Broken(failure.Message, about);
            if (failure.Failure == UpstreamFailure.Auth)
                _refused[(tenant, connector.Id)] = (finding, time.GetTimestamp());
            return finding;
        }
    }
}
