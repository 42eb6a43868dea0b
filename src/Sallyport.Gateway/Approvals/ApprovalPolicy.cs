using Sallyport.Core.Tools;

namespace Sallyport.Gateway.Approvals;

/// <summary>Which calls wait for a person.</summary>
public enum ApprovalNeed
{
    Never,
    Destructive,
    Writes,
}

/// <summary>The operator's rule about approvals.</summary>
/// <param name="ExpiresAfter">How long a held call can be decided and then used.</param>
/// <param name="Approvers">How many different people must say yes.</param>
public sealed record ApprovalPolicy(ApprovalNeed Require, TimeSpan ExpiresAfter, int Approvers = 1)
{
    public static ApprovalPolicy Default { get; } = new(ApprovalNeed.Destructive, TimeSpan.FromMinutes(15));

    /// <summary>Whether calls of this tool offer the approval argument.</summary>
    public bool CanHold(Tool tool) => Require switch
    {
        ApprovalNeed.Writes => tool.Access == ToolAccess.Write,
        ApprovalNeed.Destructive => tool is { Access: ToolAccess.Write, IsDestructive: true },
        _ => false,
    };
}
