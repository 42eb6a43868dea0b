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
    [Description("Connections at a time."), Range(1, 10_000)] int MaxConnections = 100,
    [Description("How long calls may take to end when the program stops."), RegularExpression(Duration.Form)] string ShutdownGrace = "30s",
    [Description("The certificate to serve HTTPS with.")] TlsSettings? Tls = null);

/// <summary>A certificate and its key, in PEM files.</summary>
internal sealed record TlsSettings(
    [Description("PEM file with the certificate and its chain.")] string Certificate,
    [Description("PEM file with the private key; 0600.")] string Key);
