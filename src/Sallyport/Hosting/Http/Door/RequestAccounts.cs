using Microsoft.AspNetCore.Http;
using Sallyport.Core;
using Sallyport.Core.RequestTenants;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Hosting.Http.Door;

/// <summary>
/// Lets callers in with an account at a platform that they bring with each request. Who they are is only claimed here: the
/// platform judges the account at the first call, and until then nothing of the tenant's is reached.
/// </summary>
internal sealed class RequestAccounts
{
    /// <summary>No caller of the settings can have such a name, so an account is never taken for one.</summary>
    private const string Prefix = "account:";

    private readonly IReadOnlyList<IConnector> _connectors;
    private List<(Tenant Tenant, IConnector Connector, IRequestTenants Reader)> _places = [];

    public RequestAccounts(IEnumerable<Tenant> tenants, IReadOnlyList<IConnector> connectors)
    {
        _connectors = connectors;
        Use(tenants);
    }

    /// <summary>From here on these tenants say who may bring an account.</summary>
    public void Use(IEnumerable<Tenant> tenants) => Volatile.Write(
        ref _places,
        [
            .. from tenant in tenants
               from connector in _connectors
               where Takes(connector, tenant.Connectors)
               select (tenant, connector, (IRequestTenants)connector),
        ]);

    /// <summary>Whether a tenant's settings for this platform leave the account to the request.</summary>
    public static bool Takes(IConnector connector, IReadOnlyDictionary<string, object> settings)
        => connector is IRequestTenants reader && settings.TryGetValue(connector.Id, out var own) && reader.AppliesTo(own);

    /// <summary>Null when no tenant takes accounts from requests.</summary>
    public RequestTenant? Read(HttpContext http, out Caller? caller)
    {
        caller = null;
        foreach (var (tenant, connector, reader) in Volatile.Read(ref _places))
        {
            var read = reader.Read(tenant.Connectors[connector.Id], name => http.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null);
            if (read is RequestTenant.Accepted accepted)
            {
                caller = new Caller(Prefix + accepted.Subject, "writer", [tenant.Id], "account") { Account = new RequestAccount(tenant.Id, connector.Id, accepted) };
            }

            return read;
        }

        return null;
    }
}
