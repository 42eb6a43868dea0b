using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sallyport.Core;
using Sallyport.Hosting.Http.Door;

namespace Sallyport.Configuration.Sections;

/// <summary>One caller and how it proves itself: with a bearer token, a client certificate, or the word of a trusted proxy.</summary>
internal sealed record CallerSettings(
    [Description("The name that audit, limits and approvals use."), StringLength(64, MinimumLength = 1)] string Name,
    [Description("The bearer token.")] Secret? Token = null,
    [Description("SHA-256 of the token in hexadecimal, in place of the token itself."), RegularExpression("^[0-9a-fA-F]{64}$")] string? TokenSha256 = null,
    [Description("The client certificate, as sha256:… of it, subject:CN=…, or san:… (a DNS name, mail address or URI in it); needs http.tls.clientCa."), RegularExpression(CertificateCallers.Form)] string? Certificate = null,
    [Description("What a trusted proxy says in http.identityHeader about this caller."), StringLength(256, MinimumLength = 1)] string? Forwarded = null,
    [Description("reader, scanner, writer, approver, admin, or a role of yours.")] string Role = "reader",
    [Description("Tenant ids this caller may use; * is all of them.")] IReadOnlyList<string>? Tenants = null);

/// <summary>Who the one caller is when a client starts the program itself.</summary>
internal sealed record StdioSettings(
    [Description("The local caller's role.")] string Role = "admin",
    [Description("Tenant ids it may use; all of them when left out.")] IReadOnlyList<string>? Tenants = null);
