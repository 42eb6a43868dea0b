using Sallyport.Core.Tools;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Policy;

namespace Sallyport.Gateway.Approvals;

/// <summary>Which calls wait for a person.</summary>
public enum ApprovalNeed
{
    Never,
    Destructive,
    Writes,
}

/// <summary>What is asked of people about one call.</summary>
/// <param name="Approvers">How many different people must say yes.</param>
/// <param name="AcknowledgementCounts">Whether the yes of whoever sits at the agent's own client is enough.</param>
/// <param name="HoldsTainted">Whether a write that carries text which strangers may have written waits, whatever else is said.</param>
public sealed record ApprovalTerms(ApprovalNeed Require, int Approvers = 1, bool AcknowledgementCounts = false, bool HoldsTainted = false)
{
    /// <summary>Whether every call of this tool waits.</summary>
    public bool Hold(Tool tool) => tool.Access == ToolAccess.Write && (Require == ApprovalNeed.Writes || (Require == ApprovalNeed.Destructive && tool.IsDestructive));
}

/// <summary>Other terms for some tools, tenants or roles.</summary>
/// <param name="Tools">Patterns over tool names; empty is every tool.</param>
/// <param name="Tenants">Empty is every tenant.</param>
/// <param name="Roles">Roles of the caller; empty is every role.</param>
public sealed record ApprovalRule(IReadOnlyList<string> Tools, IReadOnlyList<string> Tenants, IReadOnlyList<string> Roles, ApprovalTerms Terms)
{
    public bool IsAbout(Tool tool) => Tools.Count == 0 || Role.Matches(Tools, tool, null);

    public bool Matches(Tool tool, string tenant, Caller caller)
        => IsAbout(tool) && (Tenants.Count == 0 || Tenants.Contains(tenant, StringComparer.Ordinal)) && (Roles.Count == 0 || Roles.Contains(caller.Role, StringComparer.Ordinal));
}

/// <summary>The operator's rules about approvals.</summary>
/// <param name="ExpiresAfter">How long a held call can be decided and then used.</param>
/// <param name="Approvers">How many different people must say yes.</param>
public sealed record ApprovalPolicy(ApprovalNeed Require, TimeSpan ExpiresAfter, int Approvers = 1)
{
    public static ApprovalPolicy Default { get; } = new(ApprovalNeed.Destructive, TimeSpan.FromMinutes(15));

    public bool AcknowledgementCounts { get; init; }

    /// <summary>The first one that matches a call decides in place of the general terms.</summary>
    public IReadOnlyList<ApprovalRule> Rules { get; init; } = [];

    public bool HoldsTainted { get; init; }

    /// <summary>Where people reach the pages of this gate; null when the gate does not know.</summary>
    public Uri? Page { get; init; }

    private ApprovalTerms General => new(Require, Approvers, AcknowledgementCounts, HoldsTainted);

    public ApprovalTerms For(Tool tool, string tenant, Caller caller) => Rules.FirstOrDefault(rule => rule.Matches(tool, tenant, caller))?.Terms ?? General;

    /// <summary>Whether some call of this tool may wait because the tool itself asks for a person.</summary>
    public bool CanAsk(Tool tool) => tool.AsksPerson is not null && TermsAbout(tool).Any(static terms => terms.Require != ApprovalNeed.Never);

    /// <summary>Whether calls of this tool offer the approval argument: someone's call of it may be held.</summary>
    public bool CanHold(Tool tool)
        => tool.Access == ToolAccess.Write && TermsAbout(tool).Any(terms => terms.HoldsTainted || terms.Hold(tool));

    private IEnumerable<ApprovalTerms> TermsAbout(Tool tool) => Rules.Where(rule => rule.IsAbout(tool)).Select(static rule => rule.Terms).Append(General);
}
