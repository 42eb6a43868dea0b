using Sallyport.Gateway.Approvals;

namespace Sallyport.Gateway.Policy;

/// <summary>Every gate, in the order in which they are asked: cheapest and strictest first.</summary>
public static class Gates
{
    public static IReadOnlyList<IGate> InOrder(
        Authorizer authorizer, RateLimit mutations, RateLimit openAccessMutations, MutationWindows windows, ApprovalStore approvals) =>
    [
        new RoleGate(authorizer),
        new ReadOnlyGate(),
        new ArgumentsGate(),
        new RateLimitGate(mutations, openAccessMutations, windows),
        new ApprovalGate(approvals),
    ];
}
