using System.Text;
using Sallyport.Gateway.Audit.Chain;

namespace Sallyport.Gateway.Audit.Verifying;

/// <summary>How far one chain has been followed.</summary>
internal sealed class ChainProgress(ChainHead head, string key, ChainSeal? seal)
{
    private readonly byte[] _chain = Encoding.UTF8.GetBytes(head.Chain);
    private readonly byte[] _lastHmac = Encoding.UTF8.GetBytes(head.Hmac);
    private readonly List<AuditFinding> _findings = [];
    private string _file = "";
    private long _line;
    private long _records;
    private bool _isAnchored;

    public long Last { get; private set; } = head.Seq;

    public ChainHead Head => new(head.Chain, Last, SealedRecord.Text(_lastHmac));

    /// <summary>Something is wrong, so that what follows in this chain says nothing more.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The newest record of the chain that was kept elsewhere.</summary>
    public ExpectedRecord? Expected { get; init; }

    public bool Owns(in SealedRecord record) => record.Chain.SequenceEqual(_chain);

    /// <summary>What is wrong with this as the next record of the chain.</summary>
    public (AuditRule Rule, string Sentence)? Check(in SealedRecord record)
    {
        var seq = record.Seq;
        if (seal is not null && !seal.Holds(record)) return (AuditRule.BadHmac, $"Record {seq} was altered, or sealed with another key.");
        if (seq <= Last) return (AuditRule.DuplicateSeq, $"Record {seq} comes again, or too late: record {Last} was here already.");
        if (seq > Last + 1 && Last < 0) return (AuditRule.Gap, $"The chain begins with record {seq}; name the files with the earlier records first, or they are missing.");
        if (seq > Last + 1) return (AuditRule.Gap, $"Records are missing: {seq} follows {Last}.");
        if (!record.Prev.SequenceEqual(_lastHmac)) return (AuditRule.BrokenLink, $"Record {seq} does not follow the record before it.");
        return null;
    }

    public bool IsVerifiable => seal is not null;

    /// <summary>How many records the chain has, with this one.</summary>
    public long Count() => ++_records;

    public void Advance(in SealedRecord record, string file, long line)
    {
        Last = record.Seq;
        record.Hmac.CopyTo(_lastHmac);
        _isAnchored = record.IsCheckpoint;
        (_file, _line) = (file, line);
    }

    /// <summary>Notes that the chain is known to have had this record; says what is wrong when it has not.</summary>
    public (AuditRule Rule, string Sentence)? Anchor(long seq, ReadOnlySpan<byte> hmac)
    {
        if (seq > Last) return (AuditRule.Truncated, $"Chain {head.Chain} once went on to record {seq}; here it ends with {(Last < 0 ? "none" : $"record {Last}")}.");
        if (seq < Last) return null;
        _isAnchored = true;
        return hmac.SequenceEqual(_lastHmac) ? null : (AuditRule.BrokenLink, $"Record {seq} of chain {head.Chain} is not the one that once ended it.");
    }

    public void Report(AuditFinding finding)
    {
        _findings.Add(finding);
        IsBroken |= finding.Rule != AuditRule.Unverifiable;
    }

    public ChainReport ToReport()
    {
        if (!IsBroken && !_isAnchored && _records > 0)
            _findings.Add(new AuditFinding(AuditRule.TailUnanchored, _file, _line, Last, $"Nothing shows that record {Last} was the last one."));
        return new ChainReport(head.Chain, key, _records, Last, _findings);
    }
}
