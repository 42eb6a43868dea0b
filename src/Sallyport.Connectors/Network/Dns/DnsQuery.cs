using System.Buffers.Binary;
using System.Text;

namespace Sallyport.Connectors.Network.Dns;

/// <summary>One question to a name server.</summary>
/// <param name="Name">Absolute name without the root dot, lower case, checked before.</param>
internal sealed record DnsQuery(string Name, ushort Type, bool Dnssec = false, bool Recurse = true)
{
    /// <summary>Largest answer over UDP that is not split on its way (DNS flag day 2020).</summary>
    public const ushort UdpSize = 1232;

    private const int HeaderLength = 12;
    private const ushort RecursionDesired = 0x0100;
    private const ushort ClassInternet = 1;
    private const ushort DnssecOk = 0x8000;

    /// <summary>The question as RFC 1035 §4 and RFC 6891 write it.</summary>
    public byte[] Encode(ushort id)
    {
        var message = new byte[HeaderLength + Name.Length + 2 + 4 + 11];
        BinaryPrimitives.WriteUInt16BigEndian(message, id);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), Recurse ? RecursionDesired : (ushort)0);
        message[5] = 1;
        message[11] = 1;
        var at = HeaderLength;
        foreach (var label in Name.Split('.'))
        {
            message[at] = (byte)Encoding.ASCII.GetBytes(label, message.AsSpan(at + 1));
            at += label.Length + 1;
        }

        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(at + 1), Type);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(at + 3), ClassInternet);
        // The pseudo-record that says how large an answer may be: root name, OPT, size, flags, no data.
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(at + 6), RecordType.Opt);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(at + 8), UdpSize);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(at + 12), Dnssec ? DnssecOk : (ushort)0);
        return message;
    }
}
