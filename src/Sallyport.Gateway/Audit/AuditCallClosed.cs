namespace Sallyport.Gateway.Audit;

/// <summary>What is recorded when a call ends: how it ended, how long it took and how much it told the caller.</summary>
/// <param name="Call">The call as it was opened; its caller, tenant and tool are repeated, its arguments are not.</param>
/// <param name="Outcome">`succeeded`, `refused`, `held` or `failed`.</param>
/// <param name="Code">The error code that the caller was given.</param>
/// <param name="Gate">The gate that ended the call.</param>
/// <param name="Duration">From open to close.</param>
/// <param name="Bytes">Size of the result.</param>
/// <param name="ReadBefore">Ids of the objects that the caller had read before this write, in first-read order; the newest 500 are recorded.</param>
/// <param name="ReadBeforeTotal">How many there were, when older ones are not listed.</param>
/// <param name="Approval">Id of the approval that held or released the call.</param>
public sealed record AuditCallClosed(
    AuditCallOpened Call,
    string Outcome,
    string? Code = null,
    string? Gate = null,
    TimeSpan Duration = default,
    long Bytes = 0,
    IReadOnlyList<string>? ReadBefore = null,
    long? ReadBeforeTotal = null,
    string? Approval = null)
{
    /// <summary>Members whose text reads like instructions to a model; null when none does.</summary>
    public IReadOnlyList<string>? InstructionLike { get; init; }

    /// <summary>Ids of the calls in which the caller read text that a stranger may have written and that this write carries; null when it carries none.</summary>
    public IReadOnlyList<string>? TaintedBy { get; init; }
}
