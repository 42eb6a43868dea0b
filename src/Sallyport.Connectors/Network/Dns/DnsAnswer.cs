namespace Sallyport.Connectors.Network.Dns;

/// <summary>What a name server answered.</summary>
/// <param name="Status">For example <c>NOERROR</c> or <c>NXDOMAIN</c>.</param>
/// <param name="Flags">For example <c>qr aa rd ra</c>.</param>
internal sealed record DnsAnswer(
    string Status, IReadOnlyList<string> Flags, IReadOnlyList<DnsRecord> Answers, IReadOnlyList<DnsRecord> Authority, IReadOnlyList<DnsRecord> Additional,
    int MessageSize, bool IsTruncated);

/// <summary>One record; its value is whatever the owner of the zone wrote.</summary>
/// <param name="Ttl">Seconds.</param>
/// <param name="Value">As dig writes it.</param>
internal sealed record DnsRecord(string Name, long Ttl, string Class, string Type, string Value);

/// <summary>A name server's answer is no DNS message.</summary>
internal sealed class DnsFormatException(string message) : Exception(message);
