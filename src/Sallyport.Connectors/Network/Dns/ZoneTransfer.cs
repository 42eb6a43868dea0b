using System.Buffers.Binary;
using System.Net.Sockets;

namespace Sallyport.Connectors.Network.Dns;

/// <summary>Reads a whole zone as RFC 5936 sends it: messages over one connection, from the zone's SOA record to the same one again.</summary>
internal static class ZoneTransfer
{
    private const int MaxRecords = 20_000;
    private const int MaxBytes = 16 * 1024 * 1024;

    public static async Task<DnsAnswer> ReadAsync(NetworkStream stream, DnsQuery query, ushort id, CancellationToken cancellationToken)
    {
        List<DnsRecord> records = [];
        var prefix = new byte[2];
        var bytes = 0;
        while (true)
        {
            await stream.ReadExactlyAsync(prefix, cancellationToken);
            var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
            await stream.ReadExactlyAsync(message, cancellationToken);
            var part = DnsReader.Read(message, query, id);
            bytes += message.Length;
            records.AddRange(part.Answers);
            if (records.Count > MaxRecords || bytes > MaxBytes)
                throw new DnsFormatException($"the zone is larger than {MaxRecords} records or {MaxBytes / 1024 / 1024} MiB");
            // A refusal has no records; a whole zone begins and ends with the same one.
            if (part.Status != "NOERROR" || part.Answers.Count == 0 || IsWhole(records))
                return part with { Answers = records, Authority = [], Additional = [], MessageSize = bytes };
        }
    }

    private static bool IsWhole(List<DnsRecord> records) => records.Count > 1 && records[0].Type == "SOA" && records[^1].Type == "SOA";
}
