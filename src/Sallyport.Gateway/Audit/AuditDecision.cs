namespace Sallyport.Gateway.Audit;

/// <summary>What is recorded when a person decides a held call.</summary>
/// <param name="Approval">Id of the approval.</param>
/// <param name="Caller">Who decided.</param>
/// <param name="Outcome">`approved` or `denied`; `void` takes back what another decision was faster than.</param>
/// <param name="CallId">The call that was held.</param>
/// <param name="Tenant">Its tenant.</param>
/// <param name="Tool">Its tool.</param>
/// <param name="ArgumentsDigest">Digest of exactly the arguments that were decided on.</param>
/// <param name="Channel">How the gate heard it: `http`, `page`, `cli`, or `client` for an acknowledgement at the agent's own client.</param>
public sealed record AuditDecision(
    string Approval,
    string Caller,
    string Outcome,
    string? CallId = null,
    string? Tenant = null,
    string? Tool = null,
    string? ArgumentsDigest = null,
    string? Channel = null);
