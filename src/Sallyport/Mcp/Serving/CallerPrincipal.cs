using System.Security.Claims;
using ModelContextProtocol.Server;
using Sallyport.Gateway.Identity;

namespace Sallyport.Mcp.Serving;

/// <summary>Carries the proven caller through the protocol library to the handlers.</summary>
internal sealed class CallerPrincipal(Caller caller) : ClaimsPrincipal
{
    public Caller Caller => caller;

    /// <summary>Who sent this request. A request without a proven caller is a bug in the edge, never an anonymous caller.</summary>
    public static Caller Of(MessageContext context)
    {
        var caller = context.User is CallerPrincipal principal ? principal.Caller : throw new InvalidOperationException("A request without a caller.");
        var client = context.Server.ClientInfo;
        return caller with
        {
            ClaimedClient = client is null ? caller.ClaimedClient : ClaimedClientOf(client.Name, client.Version),
            Session = context.Server.SessionId ?? caller.Session,
        };
    }

    /// <summary>What the client says it is, bounded, because it comes from the client.</summary>
    public static string ClaimedClientOf(string name, string? version)
    {
        var claim = string.IsNullOrEmpty(version) ? name : $"{name}/{version}";
        return claim.Length <= LongestClaim ? claim : claim[..LongestClaim];
    }

    private const int LongestClaim = 128;
}
