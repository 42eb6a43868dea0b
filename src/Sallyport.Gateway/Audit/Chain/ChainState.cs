using System.Buffers;
using System.Text.Json;
using Sallyport.Gateway.Audit.Canonical;
using Sallyport.Gateway.Audit.Files;

namespace Sallyport.Gateway.Audit.Chain;

/// <summary>
/// What is kept beside the log so that a cut at its end shows: the newest record known to be on the disk. Sealed with the
/// key of the chain, so that this cannot be set back to where the log was cut.
/// </summary>
/// <param name="Chain">Id of the newest chain.</param>
/// <param name="Closed">The log was closed in order; nothing may follow the named record.</param>
/// <param name="End">Offset in the log just behind the named record; 0 when that is in an older file.</param>
/// <param name="Key">Id of the key that sealed this.</param>
/// <param name="Last">Seal of the named record.</param>
/// <param name="Seq">Number of the named record.</param>
/// <param name="Schema">Tells this from a record of the log.</param>
/// <param name="Hmac">Seal of this state.</param>
internal sealed record ChainState(string Chain, bool Closed, long End, string Key, string Last, long Seq, string Schema, string? Hmac = null)
{
    private const string CurrentSchema = "sallyport.audit-state/1";

    public ChainHead Head => new(Chain, Seq, Last);

    public static ChainState Of(ChainHead head, long end, AuditKey key, bool closed) =>
        new(head.Chain, closed, end, key.Id, head.Hmac, head.Seq, CurrentSchema);

    /// <summary>What the file says, believed or not; null when it says nothing that makes sense.</summary>
    public static ChainState? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), AuditJson.Default.ChainState)
                is { Chain.Length: > 0, Key: not null, Last.Length: ChainSeal.HexLength, End: >= 0, Seq: >= 0 } state ? state : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public bool IsSealedBy(AuditKey key) => Key == key.Id && Format(key).Hmac == Hmac;

    /// <summary>Replaces the file in one step: a reader, or a start after a power cut, finds either the old state or the new one.</summary>
    public void Save(string path, AuditKey key)
    {
        var draft = path + ".tmp";
        using (var stream = AuditPaths.Create(draft, FileMode.Create, FileShare.None))
        {
            stream.Write(Format(key).Line.WrittenSpan);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    private (ArrayBufferWriter<byte> Line, string Hmac) Format(AuditKey key)
    {
        var line = new ArrayBufferWriter<byte>();
        var state = new CanonicalObject(line);
        state.Add("chain"u8, Chain);
        state.Add("closed"u8, Closed);
        state.Add("end"u8, End);
        state.Add("key"u8, Key);
        state.Add("last"u8, Last);
        state.Add("schema"u8, Schema);
        state.Add("seq"u8, Seq);
        Span<byte> hmac = stackalloc byte[ChainSeal.HexLength];
        using var seal = new ChainSeal(key);
        seal.Close(line, hmac);
        return (line, SealedRecord.Text(hmac));
    }
}
