using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sallyport.Core;

namespace Sallyport.Configuration.Sections;

/// <summary>One caller who proves itself with a bearer token.</summary>
internal sealed record CallerSettings(
    [Description("The name that audit, limits and approvals use."), StringLength(64, MinimumLength = 1)] string Name,
    [Description("The bearer token.")] Secret? Token = null,
    [Description("SHA-256 of the token in hexadecimal, in place of the token itself."), RegularExpression("^[0-9a-fA-F]{64}$")] string? TokenSha256 = null,
    [Description("reader, scanner, writer, approver, admin, or a role of yours.")] string Role = "reader",
    [Description("Tenant ids this caller may use; * is all of them.")] IReadOnlyList<string>? Tenants = null);

/// <summary>Who the one caller is when a client starts the program itself.</summary>
internal sealed record StdioSettings(
    [Description("The local caller's role.")] string Role = "admin",
    [Description("Tenant ids it may use; all of them when left out.")] IReadOnlyList<string>? Tenants = null);
