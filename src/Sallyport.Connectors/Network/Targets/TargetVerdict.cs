using Sallyport.Core;

namespace Sallyport.Connectors.Network.Targets;

/// <summary>What the target rule says about one text that a caller gave as target.</summary>
internal abstract record TargetVerdict
{
    private TargetVerdict()
    {
    }

    public sealed record Allowed(ScanTarget Target) : TargetVerdict;

    /// <summary>The name may be a target if every address it stands for may.</summary>
    public sealed record NeedsLookup(string Name) : TargetVerdict;

    /// <param name="Message">One sentence for the caller: what is wrong, and what would be right.</param>
    public sealed record Refused(TargetRefusal Reason, string Message) : TargetVerdict
    {
        /// <summary>The refusal as what the caller is told; counted.</summary>
        public InvalidArgumentsException ToException(string before = "")
        {
            NetworkMetrics.TargetRefused(Reason);
            return new InvalidArgumentsException(before + Message);
        }
    }
}

/// <summary>Why a target was refused; the label of the metric that counts refusals.</summary>
internal enum TargetRefusal
{
    Malformed,
    NotAllowed,
    Denied,
    TooLarge,
    Unresolved,
    ResolvesOutside,
}

/// <summary>What a tool may be pointed at: text of our own spelling that passed every check.</summary>
/// <param name="Text">Address or network, never a name and never the caller's spelling.</param>
/// <param name="Addresses">How many addresses that is.</param>
/// <param name="RequestedName">The name the caller gave, when it was one.</param>
internal sealed record ScanTarget(string Text, long Addresses, bool IsIpv6 = false, string? RequestedName = null);
