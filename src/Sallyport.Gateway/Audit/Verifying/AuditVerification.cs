namespace Sallyport.Gateway.Audit.Verifying;

/// <summary>What checking an audit log brought to light.</summary>
/// <param name="Chains">Every chain, in order of its first record.</param>
/// <param name="FirstBad">The first record that is not as it was written; null when all are.</param>
public sealed record AuditVerification(IReadOnlyList<ChainReport> Chains, AuditFinding? FirstBad)
{
    public bool IsIntact => FirstBad is null;

    public long Records => Chains.Sum(chain => chain.Records);
}

/// <summary>One chain of an audit log.</summary>
/// <param name="Chain">Its id; empty for lines that belong to none.</param>
/// <param name="Key">Id of the key that seals it.</param>
/// <param name="Records">How many records of it were read.</param>
/// <param name="LastSeq">Number of the last record before anything was wrong; -1 when there is none.</param>
/// <param name="Findings">The first thing that is wrong, whether the key is missing, and advisories.</param>
public sealed record ChainReport(string Chain, string Key, long Records, long LastSeq, IReadOnlyList<AuditFinding> Findings)
{
    public bool IsIntact => Findings.All(finding => finding.IsAdvisory);
}
