using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sallyport.Configuration.Sections;

/// <summary>Where HTTP is served, to whom, and what protects it.</summary>
internal sealed record HttpSettings(
    [Description("Address and port; port 0 takes any free one."), RegularExpression(Listen.Form)] string Listen = "127.0.0.1:8765",
    [Description("A proxy in front ends TLS; without it or a certificate only this machine can connect.")] bool BehindProxy = false,
    [Description("Host names that requests may carry, besides the address listened on.")] IReadOnlyList<string>? AllowedHosts = null,
    [Description("Origins of web pages that may call.")] IReadOnlyList<string>? AllowedOrigins = null,
    [Description("Serve the deprecated HTTP+SSE transport at /sse and /message too.")] bool LegacySse = false,
    [Description("false lets anyone on this machine call without a token; never possible on other addresses.")] bool RequireAuth = true,
    [Description("Addresses or networks of proxies in front, whose X-Forwarded-For is believed.")] IReadOnlyList<string>? TrustedProxies = null,
    [Description("Header in which a trusted proxy names the caller it has signed in, matched with a caller's 'forwarded'."), RegularExpression("^[A-Za-z0-9-]{1,64}$")] string? IdentityHeader = null,
    [Description("Connections at a time."), Range(1, 10_000)] int MaxConnections = 100,
    [Description("Connections of one address (IPv6: of one /64) at a time; not counted behind a proxy."), Range(1, 10_000)] int MaxConnectionsPerAddress = 64,
    [Description("How long a client may take to send a request's head, and to begin with its body."), RegularExpression(Duration.Form)] string SlowClients = "10s",
    [Description("How long an event stream stays open on which nothing is asked or answered."), RegularExpression(Duration.Form)] string StreamIdle = "30m",
    [Description("How long calls may take to end when the program stops."), RegularExpression(Duration.Form)] string ShutdownGrace = "30s",
    [Description("The certificate to serve HTTPS with.")] TlsSettings? Tls = null);

/// <summary>A certificate and its key, in PEM files.</summary>
internal sealed record TlsSettings(
    [Description("PEM file with the certificate and its chain.")] string Certificate,
    [Description("PEM file with the private key; 0600.")] string Key,
    [Description("PEM file with the authorities whose client certificates are accepted; none are when left out.")] string? ClientCa = null,
    [Description("Refuse connections without a client certificate.")] bool RequireClientCertificate = false);
