namespace Sallyport.Gateway.Audit;

/// <summary>How much a record should worry somebody, in the numbers of the forms that records are forwarded in.</summary>
/// <param name="Syslog">RFC 5424: 6 informational, 4 warning, 3 error, 2 critical.</param>
/// <param name="Ocsf">OCSF: 1 informational, 2 low, 3 medium, 5 critical.</param>
/// <param name="Caption">OCSF's word for it.</param>
internal sealed record AuditSeverity(int Syslog, int Ocsf, string Caption)
{
    public static readonly AuditSeverity Informational = new(6, 1, "Informational");
    public static readonly AuditSeverity Refused = new(4, 2, "Low");
    public static readonly AuditSeverity Failed = new(3, 3, "Medium");
    public static readonly AuditSeverity Critical = new(2, 5, "Critical");

    public static AuditSeverity Of(AuditEntry entry) => entry switch
    {
        { Event: "start", Reason: Chain.ChainStart.PreviousBroken or Chain.ChainStart.PreviousUnreadable } => Critical,
        { Event: "gap" } => Failed,
        { Event: "close", Outcome: "refused" } => Refused,
        { Event: "close", Outcome: "failed" } => Failed,
        _ => Informational,
    };
}
