using System.Text.Json;

namespace Sallyport.Gateway.Audit.Chain;

/// <summary>
/// What a verifier needs of one line: its place in the chain, and the bytes that its seal covers, which are the line
/// without its `hmac` member. Both spellings of the member names are read, ours and that of the written contract.
/// </summary>
internal ref struct SealedRecord
{
    private const int MaxDepth = 256;

    public ReadOnlySpan<byte> Chain { get; private set; }

    public ReadOnlySpan<byte> Key { get; private set; }

    public ReadOnlySpan<byte> Event { get; private set; }

    public ReadOnlySpan<byte> Prev { get; private set; }

    public ReadOnlySpan<byte> Hmac { get; private set; }

    public ReadOnlySpan<byte> Torn { get; private set; }

    public ReadOnlySpan<byte> PreviousChain { get; private set; }

    public ReadOnlySpan<byte> PreviousHmac { get; private set; }

    public long PreviousSeq { get; private set; }

    public long Seq { get; private set; }

    public ReadOnlySpan<byte> BeforeHmac { get; private set; }

    public ReadOnlySpan<byte> AfterHmac { get; private set; }

    public readonly bool IsCheckpoint => Event.SequenceEqual("checkpoint"u8) || Event.SequenceEqual("shutdown"u8);

    public readonly ChainHead ToHead() => new(Text(Chain), Seq, Text(Hmac));

    /// <summary>False when the line is not one JSON object with everything that a record in a chain has.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out SealedRecord record)
    {
        record = new SealedRecord { Seq = ChainHead.NoRecord, PreviousSeq = ChainHead.NoRecord };
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.ValueSpan;
                var start = (int)reader.TokenStartIndex;
                reader.Read();
                if (reader.TokenType == JsonTokenType.String) record.Take(name, reader.ValueSpan, line, start, (int)reader.BytesConsumed);
                else if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number)) record.Take(name, number);
                else reader.Skip();
            }

            while (reader.Read()) { }
        }
        catch (JsonException)
        {
            return false;
        }

        return record is { Seq: >= 0, Chain.IsEmpty: false, Key.IsEmpty: false, Prev.IsEmpty: false, Hmac.IsEmpty: false };
    }

    public static string Text(ReadOnlySpan<byte> value) => System.Text.Encoding.UTF8.GetString(value);

    private void Take(ReadOnlySpan<byte> name, long number)
    {
        if (name.SequenceEqual("seq"u8)) Seq = number;
        else if (name.SequenceEqual("previousSeq"u8) || name.SequenceEqual("previous_seq"u8)) PreviousSeq = number;
    }

    private void Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, ReadOnlySpan<byte> line, int start, int end)
    {
        if (name.SequenceEqual("hmac"u8)) TakeHmac(value, line, start, end);
        else if (name.SequenceEqual("prev"u8) || name.SequenceEqual("prev_hmac"u8)) Prev = value;
        else if (name.SequenceEqual("chain"u8) || name.SequenceEqual("chain_id"u8)) Chain = value;
        else if (name.SequenceEqual("key"u8) || name.SequenceEqual("key_id"u8)) Key = value;
        else if (name.SequenceEqual("event"u8) || name.SequenceEqual("event_type"u8)) Event = value;
        else if (name.SequenceEqual("torn"u8)) Torn = value;
        else if (name.SequenceEqual("previousChain"u8) || name.SequenceEqual("previous_chain_id"u8)) PreviousChain = value;
        else if (name.SequenceEqual("previousHmac"u8) || name.SequenceEqual("previous_hmac"u8)) PreviousHmac = value;
    }

    /// <summary>Cuts the member out together with the comma that joins it to its neighbour.</summary>
    private void TakeHmac(ReadOnlySpan<byte> value, ReadOnlySpan<byte> line, int start, int end)
    {
        Hmac = value;
        var isFirst = line[start - 1] != (byte)',';
        BeforeHmac = line[..(isFirst ? start : start - 1)];
        AfterHmac = line[(isFirst && line[end] == (byte)',' ? end + 1 : end)..];
    }
}
