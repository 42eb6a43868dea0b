using System.Buffers;
using System.Text;
using Sallyport.Gateway.Audit.Canonical;

namespace Sallyport.Gateway.Audit.Chain;

/// <summary>Turns records into sealed lines that each link to the one before. Not for concurrent use.</summary>
internal sealed class ChainWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _line = new(1024);
    private readonly ChainSeal _seal;
    private readonly string _chain;
    private readonly string _instance;
    private byte[] _prev;
    private byte[] _hmac = new byte[ChainSeal.HexLength];

    public ChainWriter(AuditKey key, ChainHead head, string instance)
    {
        _seal = new ChainSeal(key);
        _instance = instance;
        _chain = head.Chain;
        _prev = Encoding.ASCII.GetBytes(head.Hmac);
        NextSeq = head.Seq + 1;
    }

    public long NextSeq { get; private set; }

    public ChainHead Head => new(_chain, NextSeq - 1, Encoding.ASCII.GetString(_prev));

    /// <summary>The line for a record, newline included; valid until the next one. It takes its place only when <see cref="Accept"/> says that it is written.</summary>
    public ReadOnlySpan<byte> Compose(AuditEntry entry, ReadOnlySpan<byte> canonicalArguments)
    {
        _line.ResetWrittenCount();
        var record = new CanonicalObject(_line);
        record.Add("access"u8, entry.Access);
        record.Add("approval"u8, entry.Approval);
        record.AddJson("arguments"u8, canonicalArguments);
        record.Add("argumentsBytes"u8, entry.ArgumentsBytes);
        record.Add("argumentsDigest"u8, entry.ArgumentsDigest);
        record.Add("bytes"u8, entry.Bytes);
        record.Add("callId"u8, entry.CallId);
        record.Add("caller"u8, entry.Caller);
        record.Add("chain"u8, _chain);
        record.Add("channel"u8, entry.Channel);
        record.Add("claimedClient"u8, entry.ClaimedClient);
        record.Add("code"u8, entry.Code);
        record.Add("count"u8, entry.Count);
        record.Add("durationMs"u8, entry.DurationMs);
        record.Add("event"u8, entry.Event);
        record.Add("firstSeq"u8, entry.FirstSeq);
        record.Add("gate"u8, entry.Gate);
        record.Add("instance"u8, _instance);
        record.Add("instructionLike"u8, entry.InstructionLike);
        record.Add("key"u8, _seal.Key.Id);
        record.Add("lastSeq"u8, entry.LastSeq);
        record.Add("outcome"u8, entry.Outcome);
        record.AddPlain("prev"u8, _prev);
        record.Add("previousChain"u8, entry.PreviousChain);
        record.Add("previousHmac"u8, entry.PreviousHmac);
        record.Add("previousSeq"u8, entry.PreviousSeq);
        record.Add("readBefore"u8, entry.ReadBefore);
        record.Add("readBeforeTotal"u8, entry.ReadBeforeTotal);
        record.Add("reason"u8, entry.Reason);
        record.Add("schema"u8, AuditEntry.CurrentSchema);
        record.Add("seq"u8, NextSeq);
        record.Add("sink"u8, entry.Sink);
        record.Add("taintedBy"u8, entry.TaintedBy);
        record.Add("tenant"u8, entry.Tenant);
        record.Add("time"u8, entry.Time);
        record.Add("tool"u8, entry.Tool);
        record.Add("torn"u8, entry.Torn);
        _seal.Close(_line, _hmac);
        return _line.WrittenSpan;
    }

    /// <summary>The composed line is with the operating system: the next one links to it.</summary>
    public void Accept()
    {
        (_prev, _hmac) = (_hmac, _prev);
        NextSeq++;
    }

    public void Dispose() => _seal.Dispose();
}
