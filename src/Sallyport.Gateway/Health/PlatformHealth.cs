using System.Text.Json.Nodes;
using Sallyport.Core;
using Sallyport.Core.RequestTenants;
using Sallyport.Core.Resilience;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Gateway.Health;

/// <summary>Asks each tenant's platforms whether they are there and know us.</summary>
public static class PlatformHealth
{
    public static IEnumerable<HealthCheck> Of(IReadOnlyList<Tenant> tenants, IReadOnlyList<IConnector> connectors, UpstreamClients clients)
        => from tenant in tenants
           from connector in connectors
           where tenant.Has(connector.Id) && !TakesAccounts(connector, tenant)
           select new HealthCheck($"platform_{tenant.Id}_{connector.Id}", HealthPriority.Important, token => LookAsync(tenant, connector, clients, token)) { Tenant = tenant.Id };

    /// <summary>Where requests bring the account there is none of ours to ask with.</summary>
    private static bool TakesAccounts(IConnector connector, Tenant tenant) => connector is IRequestTenants reader && reader.AppliesTo(tenant.Connectors[connector.Id]);

    private static async ValueTask<HealthFinding> LookAsync(Tenant tenant, IConnector connector, UpstreamClients clients, CancellationToken cancellationToken)
    {
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
            return failure.Failure == UpstreamFailure.Throttled ? HealthFinding.Weak(failure.Message, about) : HealthFinding.Broken(failure.Message, about);
        }
    }
}
