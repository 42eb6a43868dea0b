using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Sallyport.Simulator.Vectra.Detections;

/// <summary>A packet capture of what a detection saw: Ethernet, IPv4 and UDP in a classic pcap file.</summary>
/// <remarks>The file format is that of the libpcap documentation: a 24-byte header, then 16 bytes before every packet.</remarks>
internal static class Capture
{
    private const uint Magic = 0xA1B2C3D4;
    private const int SnapLength = 65_535;
    private const int Ethernet = 1;
    private const int MostPackets = 40;

    public static byte[] Of(DetectionView detection)
    {
        var row = detection.Row;
        var remote = detection.Told.Remote!;
        var packets = Math.Clamp(remote.Sessions, 2, MostPackets);
        var (from, to) = (IPAddress.Parse(row.SourceAddress!), IPAddress.Parse(detection.TargetAddress!));
        var file = new MemoryStream();
        file.Write(Header());
        for (var i = 0; i < packets; i++)
        {
            var time = row.First + ((row.Last - row.First) * i / packets);
            var payload = remote.Protocol == "dns" ? Question(i, remote.Domain) : Encoding.ASCII.GetBytes($"{remote.Protocol} {i}");
            var isOutbound = i % 2 == 0 || remote.Protocol == "dns";
            file.Write(isOutbound ? Packet(time, from, to, 40_000 + i, remote.Port, payload) : Packet(time, to, from, remote.Port, 40_000 + i - 1, payload));
        }
        return file.ToArray();
    }

    private static byte[] Header()
    {
        var bytes = new byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), 2);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), 4);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), SnapLength);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(20), Ethernet);
        return bytes;
    }

    private static byte[] Packet(DateTimeOffset time, IPAddress from, IPAddress to, int fromPort, int toPort, byte[] payload)
    {
        var frame = 14 + 20 + 8 + payload.Length;
        var bytes = new byte[16 + frame];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)time.ToUnixTimeSeconds());
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), (int)(time.UtcTicks % TimeSpan.TicksPerSecond / 10));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), frame);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), frame);

        var ethernet = bytes.AsSpan(16);
        ethernet[..12].Fill(0x02);
        BinaryPrimitives.WriteUInt16BigEndian(ethernet[12..], 0x0800);

        var ip = ethernet[14..];
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(20 + 8 + payload.Length));
        ip[8] = 64;
        ip[9] = 17;
        from.TryWriteBytes(ip[12..], out _);
        to.TryWriteBytes(ip[16..], out _);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum(ip[..20]));

        // A UDP checksum of zero says that there is none.
        var udp = ip[20..];
        BinaryPrimitives.WriteUInt16BigEndian(udp, (ushort)fromPort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], (ushort)toPort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)(8 + payload.Length));
        payload.CopyTo(udp[8..]);
        return bytes;
    }

    /// <summary>A DNS question for a TXT record below the domain, as a tunnel sends.</summary>
    private static byte[] Question(int number, string domain)
    {
        var message = new List<byte> { (byte)(number >> 8), (byte)number, 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 0 };
        foreach (var label in $"c{number:x4}.{domain}".Split('.'))
        {
            message.Add((byte)label.Length);
            message.AddRange(Encoding.ASCII.GetBytes(label));
        }
        message.AddRange([0, 0, 16, 0, 1]);
        return [.. message];
    }

    private static ushort Checksum(ReadOnlySpan<byte> header)
    {
        uint sum = 0;
        for (var i = 0; i < header.Length; i += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(header[i..]);
        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~(sum + (sum >> 16));
    }
}
