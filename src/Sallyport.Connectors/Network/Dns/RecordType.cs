using System.Collections.Frozen;
using System.Globalization;

namespace Sallyport.Connectors.Network.Dns;

/// <summary>The kinds of DNS record that may be asked for, with their numbers (IANA, DNS resource record types).</summary>
internal static class RecordType
{
    public const ushort A = 1;
    public const ushort Ns = 2;
    public const ushort Cname = 5;
    public const ushort Soa = 6;
    public const ushort Ptr = 12;
    public const ushort Hinfo = 13;
    public const ushort Mx = 15;
    public const ushort Txt = 16;
    public const ushort Aaaa = 28;
    public const ushort Srv = 33;
    public const ushort Naptr = 35;
    public const ushort Dname = 39;
    public const ushort Opt = 41;
    public const ushort Ds = 43;
    public const ushort SshFp = 44;
    public const ushort DnsKey = 48;
    public const ushort Tlsa = 52;
    public const ushort Spf = 99;
    public const ushort Axfr = 252;
    public const ushort Caa = 257;

    private static readonly FrozenDictionary<string, ushort> Numbers = new Dictionary<string, ushort>(StringComparer.OrdinalIgnoreCase)
    {
        ["A"] = A,
        ["NS"] = Ns,
        ["CNAME"] = Cname,
        ["SOA"] = Soa,
        ["PTR"] = Ptr,
        ["HINFO"] = Hinfo,
        ["MX"] = Mx,
        ["TXT"] = Txt,
        ["RP"] = 17,
        ["AAAA"] = Aaaa,
        ["LOC"] = 29,
        ["SRV"] = Srv,
        ["NAPTR"] = Naptr,
        ["DNAME"] = Dname,
        ["DS"] = Ds,
        ["SSHFP"] = SshFp,
        ["RRSIG"] = 46,
        ["NSEC"] = 47,
        ["DNSKEY"] = DnsKey,
        ["NSEC3"] = 50,
        ["TLSA"] = Tlsa,
        ["SPF"] = Spf,
        ["ANY"] = 255,
        ["CAA"] = Caa,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<ushort, string> Names = Numbers.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>Hands over a whole zone, so it is asked for by its own name and only where intrusive questions are allowed.</summary>
    public static bool IsTransfer(string? name) => string.Equals(name, "AXFR", StringComparison.OrdinalIgnoreCase);

    /// <summary>Zone transfers are not among them.</summary>
    public static bool TryParse(string name, out ushort number) => Numbers.TryGetValue(name, out number);

    public static string NameOf(ushort number) => Names.TryGetValue(number, out var name) ? name : string.Create(CultureInfo.InvariantCulture, $"TYPE{number}");
}
