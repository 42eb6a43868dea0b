using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Tests.Gateway;

/// <summary>Valid objects, so that a test states only what it is about.</summary>
internal static class Some
{
    public static Caller Caller(string role = "admin", string subject = "agent", params string[] tenants)
        => new(subject, role, tenants.Length == 0 ? ["*"] : tenants, "token");

    public static Tenant Tenant(string connector = "test", object? settings = null, string id = "contoso", bool readOnly = false)
        => new(id, readOnly, new Dictionary<string, object> { [connector] = settings ?? new object() });
}
