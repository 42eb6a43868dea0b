namespace Sallyport.Gateway.Approvals;

/// <summary>A call that waits for a person: exactly these arguments, for this tenant, by this caller, once.</summary>
/// <param name="Arguments">Redacted, as the person sees them.</param>
/// <param name="Digest">SHA-256 of the canonical arguments, which is what is approved.</param>
public sealed record HeldCall(
    string Id, string Tool, string Tenant, string Caller, ReadOnlyMemory<byte> Arguments, string Digest, string Reason, DateTimeOffset Expires)
{
    public ApprovalState State { get; init; } = ApprovalState.Waiting;

    /// <summary>Who said yes so far.</summary>
    public IReadOnlyList<string> ApprovedBy { get; init; } = [];

    public bool Matches(string tool, string tenant, string caller, string digest)
        => Tool == tool && Tenant == tenant && Caller == caller && Digest == digest;
}

/// <summary>Where a held call stands.</summary>
public enum ApprovalState
{
    Waiting,
    Approved,
    Denied,
    Used,
}
