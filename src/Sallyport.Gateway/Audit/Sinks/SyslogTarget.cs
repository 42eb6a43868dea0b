using System.Globalization;

namespace Sallyport.Gateway.Audit.Sinks;

/// <summary>How a syslog receiver is reached.</summary>
public enum SyslogTransport
{
    /// <summary>TLS over TCP, RFC 5425.</summary>
    Tls,

    /// <summary>Plain TCP, RFC 6587.</summary>
    Tcp,

    /// <summary>One datagram a record, RFC 5426; what is lost on the way nobody notices.</summary>
    Udp,
}

/// <summary>Where a syslog receiver is.</summary>
public sealed record SyslogTarget(SyslogTransport Transport, string Host, int Port)
{
    /// <summary>Reads `[tcp+tls|tcp|udp://]host[:port]`, an IPv6 address in brackets; null when it is something else.</summary>
    public static SyslogTarget? TryParse(string text)
    {
        var mark = text.IndexOf("://", StringComparison.Ordinal);
        (SyslogTransport Transport, int Port)? known = (mark < 0 ? "tcp+tls" : text[..mark]) switch
        {
            "tcp+tls" => (SyslogTransport.Tls, 6514),
            "tcp" => (SyslogTransport.Tcp, 601),
            "udp" => (SyslogTransport.Udp, 514),
            _ => null,
        };
        var rest = mark < 0 ? text : text[(mark + 3)..];
        var colon = rest.LastIndexOf(':') is var last && last > rest.LastIndexOf(']') ? last : -1;
        var host = (colon < 0 ? rest : rest[..colon]).Trim('[', ']');
        var port = known?.Port ?? 0;
        var isPort = colon < 0 || int.TryParse(rest.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port);
        return known is { } found && isPort && port is > 0 and <= 65535 && Uri.CheckHostName(host) != UriHostNameType.Unknown
            ? new SyslogTarget(found.Transport, host, port)
            : null;
    }
}

/// <summary>With which certificates a TLS connection is made.</summary>
/// <param name="CaFile">PEM file of the only authorities to trust; null trusts the system's.</param>
/// <param name="CertificateFile">PEM file of the certificate to show; null shows none.</param>
/// <param name="KeyFile">PEM file of its key.</param>
public sealed record SinkTls(string? CaFile = null, string? CertificateFile = null, string? KeyFile = null);
