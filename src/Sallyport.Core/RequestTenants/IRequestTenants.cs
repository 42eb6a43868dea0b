namespace Sallyport.Core.RequestTenants;

/// <summary>A connector whose callers may bring their own account with each HTTP request instead of using the configured one.</summary>
public interface IRequestTenants
{
    /// <summary>Whether these settings of a tenant ask for it.</summary>
    bool AppliesTo(object settings);

    /// <summary>
    /// Reads one request, always on its own and never from what an earlier request of the same connection said. Nothing is
    /// sent and nobody is signed in: what the platform thinks of the account shows at the first call.
    /// </summary>
    /// <param name="header">A request header's value by name, or null; several of one name come joined by commas.</param>
    RequestTenant Read(object settings, Func<string, string?> header);
}

/// <summary>What a request's headers amount to.</summary>
public abstract record RequestTenant
{
    private RequestTenant()
    {
    }

    /// <param name="Subject">The account's name at the platform; claimed, not proven, until the platform has accepted it.</param>
    /// <param name="Settings">The tenant's settings with the request's account in them, for <see cref="IConnector.Connect"/>.</param>
    /// <param name="Key">The same for the same account at the same place and for nothing else; carries no secret.</param>
    public sealed record Accepted(string Subject, object Settings, string Key) : RequestTenant;

    /// <param name="Status">HTTP status to answer with.</param>
    /// <param name="Challenge">Value of WWW-Authenticate, where one is due.</param>
    public sealed record Refused(int Status, string Message, string? Challenge = null) : RequestTenant;
}
