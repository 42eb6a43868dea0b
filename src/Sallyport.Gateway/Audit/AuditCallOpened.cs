namespace Sallyport.Gateway.Audit;

/// <summary>What is recorded before a call may do anything: who asks which tool for what.</summary>
/// <param name="CallId">Ties the records of one call together.</param>
/// <param name="Caller">Who asks, as the gate authenticated them.</param>
/// <param name="ClaimedClient">What the client says it is; untrusted.</param>
/// <param name="Tenant">The tenant asked for; absent when none could be determined.</param>
/// <param name="Tool">The tool asked for, even when no such tool exists.</param>
/// <param name="Access">`read` or `write`; absent for an unknown tool.</param>
/// <param name="Arguments">Redacted arguments as UTF-8 JSON; recorded in canonical form. Above 256 KiB only their size and digest are recorded.</param>
/// <param name="ArgumentsDigest">Digest of the arguments as they came, so that redaction does not hide a difference.</param>
/// <param name="Approval">Id of the approval that the caller presents.</param>
public sealed record AuditCallOpened(
    string CallId,
    string Caller,
    string? ClaimedClient,
    string? Tenant,
    string Tool,
    string? Access,
    ReadOnlyMemory<byte> Arguments,
    string? ArgumentsDigest,
    string? Approval = null);
