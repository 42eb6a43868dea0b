using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Policy;

/// <summary>Holds calls that a person must allow, and lets an approved one through once.</summary>
internal sealed class ApprovalGate(ApprovalDesk approvals) : IGate
{
    public string Name => "approval";

    public async ValueTask<GateDecision> CheckAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var terms = approvals.Policy.For(call.Tool, call.Tenant.Id, call.Caller);
        var isTainted = terms.HoldsTainted && call.TaintedBy.Count > 0;
        var asked = terms.Require == ApprovalNeed.Never ? null : call.ReasonForPerson;
        if (asked is null && !terms.Hold(call.Tool) && !isTainted)
            return GateDecision.Allow;
        if (call.Approval is not { } id)
            return new GateDecision.Held(asked ?? ReasonOf(call, isTainted), terms.Approvers);
        if (await approvals.FindAsync(id, cancellationToken) is not { } held
            || !held.IsFor(call.Tool.Name, call.Tenant.Id, call.Caller.Subject, call.Digest))
            return Refusal("That approval is not for exactly this call, or has expired.");
        return held.State switch
        {
            ApprovalState.Approved when held.IsAcknowledged && !approvals.CountsAcknowledgement(call, held) => Refusal("Another person must approve this."),

            // Terms that have become stricter meanwhile hold for approvals given before.
            ApprovalState.Approved when held.ApprovedBy.Count >= terms.Approvers => new GateDecision.Allowed(async token =>
                await approvals.TryUseAsync(held, token) ? null : Refusal("That approval has been used.")),
            ApprovalState.Approved => Refusal($"{terms.Approvers} people must approve this now."),
            ApprovalState.Denied => new GateDecision.Refused(ErrorCode.Forbidden, "A person decided against this call.", "Do not repeat it."),
            ApprovalState.Used => Refusal("That approval has been used."),
            _ => new GateDecision.Held(held.Reason, held.Approvers),
        };
    }

    private static string ReasonOf(ToolCall call, bool isTainted)
        => isTainted ? "This change carries text that a stranger may have written and the agent has read."
            : call.Tool.IsDestructive ? "This change cannot simply be undone."
            : "Changes need a person's yes here.";

    private static GateDecision.Refused Refusal(string message)
        => new(ErrorCode.ApprovalRequired, message, "Call again without 'approval' to ask for a new decision.");
}
