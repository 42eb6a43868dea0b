using Sallyport.Core.RequestTenants;

namespace Sallyport.Gateway.Tenancy;

/// <summary>An account that a request brought for one platform of one tenant; it serves that request's call and no other.</summary>
public sealed record RequestAccount(string Tenant, string Connector, RequestTenant.Accepted Accepted);
