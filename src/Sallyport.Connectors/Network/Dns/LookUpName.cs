using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sallyport.Connectors.Network.Dns;

/// <summary>Arguments of a DNS look-up.</summary>
internal sealed record LookUpName(
    [Description("The name to look up, inside the allowed suffixes, or an address to look up the name of."), StringLength(255, MinimumLength = 1)] string Target,
    [Description("A, AAAA, MX, NS, TXT, SOA, CNAME, PTR, SRV, CAA and others; A by default, PTR for an address. AXFR, a whole zone, where the operator allows intrusive questions."), RegularExpression("^[A-Za-z0-9]{1,10}$")]
    string? Type = null,
    [Description("Name server to ask: an address or a name that is itself an allowed target. The operator's by default."), StringLength(255, MinimumLength = 1)]
    string? Server = null,
    [Description("Port of the name server."), Range(1, 65535)] int Port = 53,
    [Description("Ask over TCP at once.")] bool Tcp = false,
    [Description("Ask for signatures, too.")] bool Dnssec = false,
    [Description("Let the server ask others on our behalf.")] bool Recurse = true,
    [Description("Options as dig writes them (@server, type, +short, +tcp), for scripts written for the reference server; prefer the fields."), StringLength(10240)]
    string ExtraArgs = "",
    [Description("Your own id for this call, returned as is."), RegularExpression("^[A-Za-z0-9._:-]{1,64}$")] string? CorrelationId = null);

/// <summary>What a name server answered, with the members that scripts for the reference server read.</summary>
/// <param name="QueryTime">Milliseconds.</param>
/// <param name="Stdout">The answers, one a line, as dig writes them.</param>
internal sealed record LookUpResult(
    string Status, IReadOnlyList<DnsRecord> Answers, IReadOnlyList<DnsRecord> Authority, IReadOnlyList<DnsRecord> Additional, IReadOnlyList<string> Flags,
    double QueryTime, LookUpServer Server, int MessageSize, int Returncode, string CorrelationId, string Stdout);

/// <summary>The name server that was asked.</summary>
internal sealed record LookUpServer(string Ip, int Port);
