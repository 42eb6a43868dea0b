using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sallyport.Connectors.Network.Tls;

/// <summary>Arguments of a TLS inspection.</summary>
internal sealed record InspectTls(
    [Description("One address or host name, inside the targets that the operator allows."), StringLength(255, MinimumLength = 1)] string Target,
    [Description("Port that speaks TLS from the first byte."), Range(1, 65535)] int Port = 443,
    [Description("Name to ask for (SNI) and to compare the certificate with; the target's name by default."), StringLength(253, MinimumLength = 1)]
    string? ServerName = null);

/// <summary>How a server presents itself.</summary>
/// <param name="Protocol">What was negotiated, for example <c>Tls13</c>.</param>
/// <param name="Accepted">The versions tried, and whether the server took them.</param>
/// <param name="Problems">Why a client would not trust it: <c>expired</c>, <c>name_mismatch</c>, <c>untrusted_root</c> and others; empty when it would.</param>
/// <param name="Chain">Certificates as sent, the server's own first.</param>
internal sealed record TlsResult(
    string Address, int Port, string Protocol, string CipherSuite, IReadOnlyList<TlsVersion> Accepted, IReadOnlyList<string> Problems,
    IReadOnlyList<TlsCertificate> Chain, string? RequestedName = null, string? ServerName = null);

/// <summary>One version of TLS, and whether the server takes it.</summary>
internal sealed record TlsVersion(string Protocol, bool Accepted);

/// <summary>One certificate; its names are its owner's words.</summary>
/// <param name="DaysLeft">Negative once it has expired.</param>
/// <param name="Sha256">Fingerprint, lower-case hex.</param>
internal sealed record TlsCertificate(
    string Subject, string Issuer, IReadOnlyList<string> Names, DateTime NotBefore, DateTime NotAfter, int DaysLeft, string SerialNumber, string Sha256,
    string KeyAlgorithm, int? KeyBits, string SignatureAlgorithm, bool SelfSigned);
