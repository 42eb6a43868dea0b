using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Policy;

/// <summary>Holds calls that a person must allow, and lets an approved one through once.</summary>
internal sealed class ApprovalGate(ApprovalStore approvals) : IGate
{
    public string Name => "approval";

    public ValueTask<GateDecision> CheckAsync(ToolCall call, CancellationToken cancellationToken) => ValueTask.FromResult(Check(call));

    private GateDecision Check(ToolCall call)
    {
        var asked = approvals.Policy.Require == ApprovalNeed.Never ? null : call.ReasonForPerson;
        if (!approvals.Policy.CanHold(call.Tool) && asked is null)
            return GateDecision.Allow;
        if (call.Arguments.Approval is not { } id)
            return new GateDecision.Held(asked ?? (call.Tool.IsDestructive ? "This change cannot simply be undone." : "Changes need a person's yes here."));
        var digest = ArgumentDigest.Of(call.Arguments.ForTool);
        if (approvals.Find(id) is not { } held || !held.Matches(call.Tool.Name, call.Tenant.Id, call.Caller.Subject, digest))
            return Refusal("That approval is not for exactly this call, or has expired.");
        return held.State switch
        {
            ApprovalState.Approved => new GateDecision.Allowed(() =>
                approvals.TryUse(id, call.Tool.Name, call.Tenant.Id, call.Caller.Subject, digest) ? null : Refusal("That approval has been used.")),
            ApprovalState.Denied => new GateDecision.Refused(ErrorCode.Forbidden, "A person decided against this call.", "Do not repeat it."),
            ApprovalState.Used => Refusal("That approval has been used."),
            _ => new GateDecision.Held(held.Reason),
        };
    }

    private static GateDecision.Refused Refusal(string message)
        => new(ErrorCode.ApprovalRequired, message, "Call again without 'approval' to ask for a new decision.");
}
