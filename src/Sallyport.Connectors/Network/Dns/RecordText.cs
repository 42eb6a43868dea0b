using System.Globalization;
using System.Net;
using System.Text;

namespace Sallyport.Connectors.Network.Dns;

/// <summary>Writes the data of a record the way dig does; kinds without a form of their own are written as RFC 3597 says.</summary>
internal static class RecordText
{
    /// <param name="end">Where the record's data ends in the message.</param>
    public static string Of(ref DnsReader reader, ushort type, int end) => type switch
    {
        RecordType.A when end - reader.Position == 4 => new IPAddress(reader.Bytes(4)).ToString(),
        RecordType.Aaaa when end - reader.Position == 16 => new IPAddress(reader.Bytes(16)).ToString(),
        RecordType.Ns or RecordType.Cname or RecordType.Ptr or RecordType.Dname => reader.Name(),
        RecordType.Mx => Text($"{reader.UInt16()} {reader.Name()}"),
        RecordType.Txt or RecordType.Spf or RecordType.Hinfo => Strings(ref reader, end),
        RecordType.Srv => Text($"{reader.UInt16()} {reader.UInt16()} {reader.UInt16()} {reader.Name()}"),
        RecordType.Soa => Text($"{reader.Name()} {reader.Name()} {reader.UInt32()} {reader.UInt32()} {reader.UInt32()} {reader.UInt32()} {reader.UInt32()}"),
        RecordType.Caa => Text($"{reader.Bytes(1)[0]} {Escaped(reader.Bytes(reader.Bytes(1)[0]), "")} {Quoted(Rest(ref reader, end))}"),
        RecordType.Naptr => Text($"{reader.UInt16()} {reader.UInt16()} {One(ref reader)} {One(ref reader)} {One(ref reader)} {reader.Name()}"),
        RecordType.Ds => Text($"{reader.UInt16()} {reader.Bytes(1)[0]} {reader.Bytes(1)[0]} {Convert.ToHexString(Rest(ref reader, end))}"),
        RecordType.Tlsa => Text($"{reader.Bytes(1)[0]} {reader.Bytes(1)[0]} {reader.Bytes(1)[0]} {Convert.ToHexString(Rest(ref reader, end))}"),
        RecordType.SshFp => Text($"{reader.Bytes(1)[0]} {reader.Bytes(1)[0]} {Convert.ToHexString(Rest(ref reader, end))}"),
        RecordType.DnsKey => Text($"{reader.UInt16()} {reader.Bytes(1)[0]} {reader.Bytes(1)[0]} {Convert.ToBase64String(Rest(ref reader, end))}"),
        _ => Text($"\\# {end - reader.Position} {Convert.ToHexString(Rest(ref reader, end))}"),
    };

    /// <summary>Printable ASCII as it is, the characters of <paramref name="special"/> behind a backslash, all else as <c>\DDD</c>.</summary>
    public static void AppendEscaped(StringBuilder text, ReadOnlySpan<byte> bytes, string special)
    {
        foreach (var value in bytes)
        {
            if (value is < (byte)' ' or > (byte)'~') text.Append(CultureInfo.InvariantCulture, $"\\{value:000}");
            else if (special.Contains((char)value)) text.Append('\\').Append((char)value);
            else text.Append((char)value);
        }
    }

    private static ReadOnlySpan<byte> Rest(ref DnsReader reader, int end) => reader.Bytes(end - reader.Position);

    private static string Strings(ref DnsReader reader, int end)
    {
        List<string> strings = [];
        while (reader.Position < end) strings.Add(One(ref reader));
        return string.Join(' ', strings);
    }

    private static string One(ref DnsReader reader) => Quoted(reader.Bytes(reader.Bytes(1)[0]));

    private static string Quoted(ReadOnlySpan<byte> bytes) => $"\"{Escaped(bytes, "\"\\")}\"";

    private static string Escaped(ReadOnlySpan<byte> bytes, string special)
    {
        var text = new StringBuilder();
        AppendEscaped(text, bytes, special);
        return text.ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
