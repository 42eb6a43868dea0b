using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Policy.Limits;

/// <summary>What limits are counted under: always the tenant, and who is calling as far as that is proven.</summary>
internal static class LimitKey
{
    private const string OpenAccess = "(open access)";

    public static string Of(ToolCall call) => $"{Of(call.Caller)}\n{call.Tenant.Id}";

    public static string Of(Caller caller) => IsOpen(caller) ? OpenAccess : caller.Identity;

    public static bool IsOpen(Caller caller) => caller.Proof is "stdio" or "open-access";
}
