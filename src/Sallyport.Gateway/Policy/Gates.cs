using Sallyport.Core.Tools;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Policy.Limits;

namespace Sallyport.Gateway.Policy;

/// <summary>Every gate, in the order in which they are asked: cheapest and strictest first.</summary>
public static class Gates
{
    /// <param name="output">Counts what results have been handed out; null where that is not limited.</param>
    public static IReadOnlyList<IGate> InOrder(Authorizer authorizer, CallLimits limits, Usage usage, OutputMeter? output, ApprovalDesk approvals) =>
    [
        new SwitchedOffGate(authorizer),
        new RoleGate(authorizer),
        new ReadOnlyGate(),
        new ArgumentsGate(),
        new RateLimitGate("Mutation", limits.Mutations, usage.Mutations, static call => call.Tool.Access == ToolAccess.Write && !LimitKey.IsOpen(call.Caller)),
        new RateLimitGate("Mutation", limits.OpenAccessMutations, usage.Mutations, static call => call.Tool.Access == ToolAccess.Write && LimitKey.IsOpen(call.Caller)),
        .. limits.Calls is { } calls ? [new RateLimitGate("Call", calls, usage.Calls, static _ => true)] : Array.Empty<IGate>(),
        new ToolRateGate(new ToolRates(limits.Tools, usage)),
        .. output is not null ? [new OutputGate(output)] : Array.Empty<IGate>(),
        .. limits.Repeats is { } repeats ? [new LoopGate(repeats, usage)] : Array.Empty<IGate>(),
        new ApprovalGate(approvals),
    ];
}
