using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Sallyport.Connectors.Network.Dns;

/// <summary>Reads a DNS message (RFC 1035 §4) that anyone may have sent; what does not fit is a <see cref="DnsFormatException"/>.</summary>
internal ref struct DnsReader(ReadOnlySpan<byte> message)
{
    private const int HeaderLength = 12;
    private const int MaxNameLength = 255;
    private const int MaxRecords = 4096;

    private static readonly string[] Codes =
        ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET", "NOTAUTH", "NOTZONE"];

    private static readonly (int Bit, string Name)[] FlagBits =
        [(0x8000, "qr"), (0x0400, "aa"), (0x0200, "tc"), (0x0100, "rd"), (0x0080, "ra"), (0x0020, "ad"), (0x0010, "cd")];

    private readonly ReadOnlySpan<byte> _message = message;
    private int _at = HeaderLength;

    /// <summary>The answer to <paramref name="query"/>; an answer to another question is none.</summary>
    public static DnsAnswer Read(ReadOnlySpan<byte> message, DnsQuery query, ushort id)
    {
        if (message.Length < HeaderLength) throw new DnsFormatException("it is shorter than a header");
        var flags = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        if (BinaryPrimitives.ReadUInt16BigEndian(message) != id || (flags & 0x8000) == 0) throw new DnsFormatException("it is not the answer to this question");
        var reader = new DnsReader(message);
        reader.Question(BinaryPrimitives.ReadUInt16BigEndian(message[4..]), query);
        var answers = reader.Records(BinaryPrimitives.ReadUInt16BigEndian(message[6..]));
        var authority = reader.Records(BinaryPrimitives.ReadUInt16BigEndian(message[8..]));
        var additional = reader.Records(BinaryPrimitives.ReadUInt16BigEndian(message[10..]));
        var code = flags & 0xF;
        return new DnsAnswer(
            code < Codes.Length ? Codes[code] : string.Create(CultureInfo.InvariantCulture, $"RCODE{code}"),
            [.. FlagBits.Where(flag => (flags & flag.Bit) != 0).Select(flag => flag.Name)], answers, authority, additional, message.Length, (flags & 0x0200) != 0);
    }

    private void Question(int count, DnsQuery query)
    {
        if (count == 0) return;
        var name = Name();
        var type = UInt16();
        UInt16();
        if (count != 1 || type != query.Type || !name.Equals(query.Name + ".", StringComparison.OrdinalIgnoreCase))
            throw new DnsFormatException("it answers another question");
    }

    private List<DnsRecord> Records(int count)
    {
        List<DnsRecord> records = [];
        if (count > MaxRecords) throw new DnsFormatException("it has too many records");
        for (var i = 0; i < count; i++)
        {
            var name = Name();
            var type = UInt16();
            var @class = UInt16();
            var ttl = ((uint)UInt16() << 16) | (uint)UInt16();
            var length = UInt16();
            var end = _at + length;
            if (end > _message.Length) throw new DnsFormatException("a record is longer than the message");
            if (type != RecordType.Opt) records.Add(new DnsRecord(name, ttl, @class == 1 ? "IN" : string.Create(CultureInfo.InvariantCulture, $"CLASS{@class}"), RecordType.NameOf(type), RecordText.Of(ref this, type, end)));
            _at = end;
        }

        return records;
    }

    public readonly int Position => _at;

    public ushort UInt16()
    {
        var bytes = Bytes(2);
        return BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Bytes(4));

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count < 0 || _at + count > _message.Length) throw new DnsFormatException("it ends early");
        var bytes = _message.Slice(_at, count);
        _at += count;
        return bytes;
    }

    /// <summary>A name with its trailing dot. Pointers may only lead backwards, so that they cannot go in circles.</summary>
    public string Name()
    {
        var text = new StringBuilder();
        var at = _at;
        var jumped = false;
        var limit = at;
        while (true)
        {
            if (at >= _message.Length) throw new DnsFormatException("a name ends early");
            int length = _message[at];
            if (length == 0) break;
            if ((length & 0xC0) == 0xC0)
            {
                if (at + 1 >= _message.Length) throw new DnsFormatException("a name ends early");
                var target = ((length & 0x3F) << 8) | _message[at + 1];
                if (target >= limit) throw new DnsFormatException("a name points forward");
                if (!jumped) _at = at + 2;
                (jumped, at, limit) = (true, target, target);
                continue;
            }

            if (length > 63 || at + 1 + length > _message.Length || text.Length + length > MaxNameLength) throw new DnsFormatException("a label is too long");
            RecordText.AppendEscaped(text, _message.Slice(at + 1, length), ". \"\\;()@$");
            text.Append('.');
            at += length + 1;
        }

        if (!jumped) _at = at + 1;
        return text.Length == 0 ? "." : text.ToString();
    }
}
