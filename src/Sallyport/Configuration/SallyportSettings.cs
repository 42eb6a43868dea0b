using System.ComponentModel;
using System.Text.Json.Serialization;
using Sallyport.Configuration.Sections;

namespace Sallyport.Configuration;

/// <summary>Everything an operator decided, checked as a whole and never changed afterwards.</summary>
internal sealed record SallyportSettings(
    [Description("Where and how HTTP is served.")] HttpSettings Http,
    [Description("The local caller, when MCP is served over standard input and output.")] StdioSettings Stdio,
    [Description("Who may call over HTTP with a token, besides OAuth.")] IReadOnlyList<CallerSettings> Callers,
    [Description("Roles of your own, beside reader, scanner, writer, approver and admin.")] IReadOnlyDictionary<string, RoleSettings> Roles,
    [Description("Which writes wait for a person.")] ApprovalSettings Approvals,
    [Description("How much a caller may change and how large a result may be.")] LimitSettings Limits,
    [Description("How text that a stranger may have written is marked.")] UntrustedSettings Untrusted,
    [Description("Where the audit is written and how it is protected.")] AuditSettings Audit,
    [Description("Where the gate keeps what must survive a restart.")] StateSettings State,
    [Description("Logs, metrics and traces.")] ObservabilitySettings Observability,
    [Description("When health is looked at and what counts as unwell.")] HealthSettings Health,
    [Description("When a failing upstream is left alone.")] CircuitBreakerSettings CircuitBreaker,
    [Description("Which tools are offered at all.")] ToolSettings Tools,
    [Description("Which groups of tools the full catalogue lists.")] ToolsetSettings Toolsets,
    [Description("The customer environments, by id.")] IReadOnlyDictionary<string, TenantSettings> Tenants,
    [Description("Sign-in with access tokens of an OAuth server.")] OAuthSettings? Oauth = null,
    [Description("ro refuses every write; rw is the most a tenant can have.")] AccessMode Mode = AccessMode.ReadOnly,
    [Description("full lists every tool; lean lists a few and lets the model search for the rest.")] CatalogKind Catalog = CatalogKind.Full,
    [Description("canonical lists our names, reference the names of the servers this replaces. Both always work.")] ToolNames ToolNames = ToolNames.Canonical,
    [Description("How MCP is served when the command line does not say.")] TransportKind Transport = TransportKind.Stdio,
    [Description("The tenant of calls that name none.")] string? DefaultTenant = null,
    [Description("For developers: allow upstreams on this machine, over plain HTTP too.")] bool AllowLoopbackUpstream = false);

/// <summary>Whether anything may be changed at all.</summary>
internal enum AccessMode
{
    [JsonStringEnumMemberName("ro")]
    ReadOnly,

    [JsonStringEnumMemberName("rw")]
    ReadWrite,
}

/// <summary>How much of the catalogue a client is shown at once.</summary>
internal enum CatalogKind
{
    [JsonStringEnumMemberName("full")]
    Full,

    [JsonStringEnumMemberName("lean")]
    Lean,
}

/// <summary>Which of a tool's two names clients are shown.</summary>
internal enum ToolNames
{
    [JsonStringEnumMemberName("canonical")]
    Canonical,

    [JsonStringEnumMemberName("reference")]
    Reference,
}

/// <summary>How an MCP client reaches the gate.</summary>
internal enum TransportKind
{
    [JsonStringEnumMemberName("stdio")]
    Stdio,

    [JsonStringEnumMemberName("http")]
    Http,
}
