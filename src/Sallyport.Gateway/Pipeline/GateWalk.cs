using System.Diagnostics;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Observability;
using Sallyport.Gateway.Policy;

namespace Sallyport.Gateway.Pipeline;

/// <summary>Asks the gates about one call, in their order; what they claim is taken once all have allowed it.</summary>
internal sealed class GateWalk(PipelineParts parts)
{
    /// <summary>The names of the first so many gates, as spans tell them.</summary>
    private readonly string[] _namesUpTo =
        [.. Enumerable.Range(0, parts.Gates.Count + 1).Select(count => string.Join(' ', parts.Gates.Take(count).Select(gate => gate.Name).Distinct()))];

    /// <summary>Null when the call may go on; every claim is taken before anything reaches a platform.</summary>
    public async Task<ToolOutcome?> AskAsync(ToolCall call, Activity? span, CancellationToken cancellationToken)
    {
        List<(IGate Gate, Func<CancellationToken, ValueTask<GateDecision.Refused?>> Claim)> claims = [];
        for (var asked = 0; asked < parts.Gates.Count; asked++)
        {
            var gate = parts.Gates[asked];
            var decision = await gate.CheckAsync(call, cancellationToken);
            if (decision is not GateDecision.Allowed)
                CallObservation.Stopped(span, _namesUpTo[asked], gate, decision);
            switch (decision)
            {
                case GateDecision.Refused refused:
                    return Refuse(call, gate, refused);
                case GateDecision.Held held:
                    return await HoldAsync(call, held, cancellationToken);
                case GateDecision.Allowed { Claim: { } claim }:
                    claims.Add((gate, claim));
                    break;
                case GateDecision.Allowed:
                    break;
                default:
                    throw new UnreachableException($"Gate '{gate.Name}' did not decide.");
            }
        }

        foreach (var (gate, claim) in claims)
        {
            if (await claim(cancellationToken) is { } late)
            {
                CallObservation.Stopped(span, _namesUpTo[^1], gate, late);
                return Refuse(call, gate, late);
            }
        }

        CallObservation.Allowed(span, _namesUpTo[^1]);
        return null;
    }

    private static ToolOutcome.Refused Refuse(ToolCall call, IGate gate, GateDecision.Refused refused) => new(
        call.Id,
        new ToolError(refused.Code, refused.Message) { Hint = refused.Hint, RetryAfter = refused.RetryAfter is { } wait ? ToolError.Seconds(wait) : null },
        gate.Name);

    private async Task<ToolOutcome> HoldAsync(ToolCall call, GateDecision.Held decision, CancellationToken cancellationToken)
    {
        var shown = ShownArguments.Of(call.Arguments.ForTool);
        var asked = new HeldCall(
            HeldCall.NewId(), call.Id, call.Entry.Name, call.Tenant.Id, call.Caller.Subject, shown, call.Digest, decision.Reason,
            parts.Time.GetUtcNow() + parts.Approvals.Policy.ExpiresAfter, decision.Approvers)
        {
            TaintedBy = call.TaintedBy,
        };
        if (await parts.Approvals.HoldAsync(asked, cancellationToken) is not { } held)
        {
            return new ToolOutcome.Refused(
                call.Id, new ToolError(ErrorCode.RateLimited, "Too many of your calls wait for a person already.") { Hint = "Have some of them decided first." }, "approval");
        }

        var page = parts.Approvals.Policy.Page is { } address ? new Uri(address, $"approvals/{held.Id}").AbsoluteUri : $"/approvals/{held.Id}";
        return new ToolOutcome.Held(call.Id, new ToolError(ErrorCode.ApprovalRequired, $"{decision.Reason} A person must approve {call.Entry.Name} on tenant '{call.Tenant.Id}'.")
        {
            ApprovalId = held.Id,
            Held = new HeldNotice(
                call.Entry.Name, call.Tool.Description, call.Tenant.Id, AuditedArguments.Redact(call.Arguments.ForTool, call.Entry.Schema.Root, call.Tool.AuditedText), held)
            {
                AcknowledgementCounts = parts.Approvals.CountsAcknowledgement(call, held),
            },
            Hint = $"Ask {(held.Approvers == 1 ? "a person" : $"{held.Approvers} people")} to open {page} or to run 'sallyport approvals approve {held.Id}'; then repeat the same call with \"approval\": \"{held.Id}\".",
        });
    }
}
