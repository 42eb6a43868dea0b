namespace Sallyport.Gateway.Approvals;

/// <summary>What a client says that the person in front of it answered. It proves nothing but what the client claims.</summary>
/// <param name="State">The request state that the question was asked under, exactly as the client gives it back.</param>
public sealed record ClientAnswer(string State, ClientVerdict Verdict)
{
    /// <summary>The held call that the state claims to be about; null when it is no state of ours.</summary>
    public string? ApprovalId => State.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && HeldCall.IsId(State[..dot]) ? State[..dot] : null;
}

/// <summary>What the person at the client is said to have answered.</summary>
public enum ClientVerdict
{
    /// <summary>Neither yes nor no: the question was closed.</summary>
    None,
    Yes,
    No,
}
