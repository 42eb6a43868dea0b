using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Policy.Limits;

/// <summary>What limits are counted under: always the tenant, and who is calling as far as that is proven.</summary>
internal static class LimitKey
{
    private const string OpenAccess = "(open access)";

    public static string Of(ToolCall call) => $"{Of(call.Caller)}\n{call.Tenant.Id}";

    /// <summary>Whoever brings a platform's account only claims its name until the platform has seen the password, so both count.</summary>
    public static string Of(Caller caller) => IsOpen(caller) ? OpenAccess
        : caller.Account is { } account ? $"{caller.Subject}\n{account.Accepted.Key}"
        : caller.Subject;

    public static bool IsOpen(Caller caller) => caller.Proof is "stdio" or "open-access";
}
