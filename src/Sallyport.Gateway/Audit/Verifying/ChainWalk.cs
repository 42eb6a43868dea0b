using System.Text;
using Sallyport.Gateway.Audit.Chain;
using Sallyport.Gateway.Audit.Files;

namespace Sallyport.Gateway.Audit.Verifying;

/// <summary>Follows the chains of a log from line to line and finds the first record of each that is not as it was written.</summary>
internal sealed class ChainWalk(IEnumerable<AuditKey> keys) : IDisposable
{
    /// <summary>A log with more chains than a process can plausibly start is not a log; the limit keeps memory bounded.</summary>
    private const int MaxChains = 1 << 16;

    private readonly Dictionary<string, ChainSeal> _seals = keys.DistinctBy(key => key.Id).ToDictionary(key => key.Id, key => new ChainSeal(key));
    private readonly OrderedDictionary<string, ChainProgress> _chains = [];
    private readonly Dictionary<string, ExpectedRecord> _expected = [];
    private ChainProgress? _current;
    private (AuditFinding Finding, string Digest)? _torn;

    public AuditFinding? FirstBad { get; private set; }

    /// <summary>Digest of the newest line when that is no record; the next record may vouch for it as torn.</summary>
    public string? Torn => _torn?.Digest;

    /// <summary>The newest record, when all lines so far were good records of one chain.</summary>
    public ChainHead? SoundHead => FirstBad is null && _chains.Count == 1 ? _chains.GetAt(0).Value.Head : null;

    /// <summary>Begins inside a chain whose records so far are known to be good.</summary>
    public void Resume(ChainHead head, AuditKey key) => _current = _chains[head.Chain] = new ChainProgress(head, key.Id, _seals[key.Id]);

    /// <summary>Notes a record that was kept elsewhere; the newest of each chain vouches for all before it.</summary>
    public void Expect(ReadOnlySpan<byte> line, string file, long number)
    {
        if (!SealedRecord.TryRead(line, out var record)) return;
        var id = SealedRecord.Text(record.Chain);
        if (_seals.GetValueOrDefault(SealedRecord.Text(record.Key)) is { } seal && !seal.Holds(record))
            Report(Find(record) ?? Current, (AuditRule.BadHmac, $"The checkpoint {record.Seq} kept elsewhere was altered."), file, number, record.Seq);
        else if (!_expected.TryGetValue(id, out var known) || record.Seq > known.Seq)
            _expected[id] = new ExpectedRecord(record.Seq, SealedRecord.Text(record.Hmac), file, number);
    }

    public void Feed(ReadOnlySpan<byte> line, string file, long number)
    {
        if (!SealedRecord.TryRead(line, out var record) || Find(record) is not { } chain)
        {
            RejectTorn();
            _torn = (new AuditFinding(AuditRule.Malformed, file, number, null, "The line is no audit record."), LogTail.Digest(line));
            return;
        }

        _current = chain;
        var problem = chain.IsBroken ? null : chain.Check(record);
        if (chain.IsBroken || problem is not null || _torn is not { } torn || !Ascii.Equals(record.Torn, torn.Digest)) RejectTorn();
        _torn = null;
        if (chain.Count() == 1 && !chain.IsVerifiable)
            Report(chain, (AuditRule.Unverifiable, $"The chain is sealed with key {SealedRecord.Text(record.Key)}, which was not given."), file, number, record.Seq);
        Report(chain, problem, file, number, record.Seq);
        if (chain.IsBroken) return;

        chain.Advance(record, file, number);
        if (record.Seq == chain.Expected?.Seq) Report(chain, chain.Anchor(record.Seq, Encoding.UTF8.GetBytes(chain.Expected.Hmac)), file, number, record.Seq);
        if (record is { Seq: 0, PreviousSeq: >= 0, PreviousChain.IsEmpty: false })
            Anchor(SealedRecord.Text(record.PreviousChain), record.PreviousSeq, record.PreviousHmac, file, number);
    }

    /// <summary>Ends one file: nothing can vouch for an unfinished line any more.</summary>
    public void EndFile(LineReader reader, string file)
    {
        RejectTorn();
        if (reader.HasRemainder) Report(Current, (AuditRule.TornLine, "The file ends inside a line: writing was interrupted, or the file was cut."), file, reader.Count + 1, null);
    }

    /// <summary>Holds the log against a record that it is known to have had.</summary>
    public void Anchor(string chain, long seq, ReadOnlySpan<byte> hmac, string file, long line)
    {
        var known = _chains.TryGetValue(chain, out var found) ? found : Begin(chain, "");
        if (!known.IsBroken) Report(known, known.Anchor(seq, hmac), file, line, Math.Min(seq, known.Last + 1));
    }

    public void RejectState(string file) =>
        Report(Current, (AuditRule.StateAltered, "The state file beside the log is damaged or was altered."), file, 0, null);

    public AuditVerification ToVerification()
    {
        foreach (var (id, expected) in _expected)
        {
            var chain = _chains.GetValueOrDefault(id) ?? Begin(id, "");
            if (!chain.IsBroken && chain.Last < expected.Seq) Anchor(id, expected.Seq, default, expected.File, expected.Line);
        }

        return new([.. _chains.Values.Select(chain => chain.ToReport())], FirstBad);
    }

    public void Dispose()
    {
        foreach (var seal in _seals.Values) seal.Dispose();
    }

    /// <summary>The chain of the newest record, or a nameless one for what belongs to none.</summary>
    private ChainProgress Current => _current ??= Begin("", "");

    private ChainProgress? Find(in SealedRecord record)
    {
        if (_current is not null && _current.Owns(record)) return _current;
        var id = SealedRecord.Text(record.Chain);
        if (_chains.TryGetValue(id, out var chain)) return chain;
        return _chains.Count < MaxChains ? Begin(id, SealedRecord.Text(record.Key)) : null;
    }

    private ChainProgress Begin(string chain, string key) =>
        _chains[chain] = new ChainProgress(new ChainHead(chain, ChainHead.NoRecord, ChainHead.NoHmac), key, _seals.GetValueOrDefault(key)) { Expected = _expected.GetValueOrDefault(chain) };

    private void RejectTorn()
    {
        if (_torn is { } torn) Report(Current, (torn.Finding.Rule, torn.Finding.Sentence), torn.Finding.File, torn.Finding.Line, null);
        _torn = null;
    }

    private void Report(ChainProgress chain, (AuditRule Rule, string Sentence)? problem, string file, long line, long? seq)
    {
        if (problem is not { } found) return;
        var finding = new AuditFinding(found.Rule, file, line, seq, found.Sentence);
        FirstBad ??= finding;
        chain.Report(finding);
    }
}

/// <summary>A record that the log must have, because it was kept elsewhere too.</summary>
internal sealed record ExpectedRecord(long Seq, string Hmac, string File, long Line);
