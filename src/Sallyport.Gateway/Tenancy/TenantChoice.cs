namespace Sallyport.Gateway.Tenancy;

/// <summary>The tenant, or tenants, that a call is about; or why there is none.</summary>
public abstract record TenantChoice
{
    private TenantChoice()
    {
    }

    public sealed record One(Tenant Tenant) : TenantChoice;

    public sealed record Many(IReadOnlyList<Tenant> Tenants) : TenantChoice;

    public sealed record None(string Code, string Message, string Hint) : TenantChoice;
}
