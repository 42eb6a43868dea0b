namespace Sallyport.Gateway.Audit.Verifying;

/// <summary>What can be wrong with an audit log.</summary>
public enum AuditRule
{
    /// <summary>The record was altered, or sealed with another key.</summary>
    BadHmac,

    /// <summary>The record does not follow the one before it.</summary>
    BrokenLink,

    /// <summary>Records are missing before this one.</summary>
    Gap,

    /// <summary>The record was there before: a copy, or two logs that both continue one chain.</summary>
    DuplicateSeq,

    /// <summary>The key of the chain was not given.</summary>
    Unverifiable,

    /// <summary>The line is no audit record.</summary>
    Malformed,

    /// <summary>The file ends inside a line.</summary>
    TornLine,

    /// <summary>The log once went on beyond its end.</summary>
    Truncated,

    /// <summary>The state file beside the log is damaged or was altered.</summary>
    StateAltered,

    /// <summary>Nothing vouches for the end of the chain; records may have been cut off. Advisory.</summary>
    TailUnanchored,
}

/// <summary>One thing that is wrong with an audit log, and where.</summary>
/// <param name="Rule">What is wrong.</param>
/// <param name="File">The file, as it was named.</param>
/// <param name="Line">The line in it, from 1.</param>
/// <param name="Seq">Number of the record, where one can be named.</param>
/// <param name="Sentence">The same for people.</param>
public sealed record AuditFinding(AuditRule Rule, string File, long Line, long? Seq, string Sentence)
{
    /// <summary>The finding alone does not make the log broken.</summary>
    public bool IsAdvisory => Rule == AuditRule.TailUnanchored;

    /// <summary>The rule as scripts know it.</summary>
    public string Code => Rule switch
    {
        AuditRule.BadHmac => "bad_hmac",
        AuditRule.BrokenLink => "broken_link",
        AuditRule.Gap => "gap",
        AuditRule.DuplicateSeq => "duplicate_seq",
        AuditRule.Unverifiable => "unverifiable",
        AuditRule.Malformed => "malformed",
        AuditRule.TornLine => "torn_line",
        AuditRule.Truncated => "truncated",
        AuditRule.StateAltered => "state_altered",
        _ => "tail_unanchored",
    };
}
