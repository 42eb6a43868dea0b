using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sallyport.Core.Schemas;
using Sallyport.Gateway.Approvals;

namespace Sallyport.Configuration.Sections;

/// <summary>Which writes wait for a person, for how long, for how many people, and who may decide at the command line.</summary>
internal sealed record ApprovalSettings(
    [Description("never, destructive (writes that remove, overwrite or cut off), or every write.")] ApprovalNeed Require = ApprovalNeed.Destructive,
    [Description("How long an approval waits and, once given, can be used."), RegularExpression(Duration.Form)] string ExpiresAfter = "15m",
    [Description("Different people who must say yes."), Range(1, 5)] int Approvers = 1,
    [Description("Let the yes of whoever sits at the agent's own MCP client count; one person only.")] bool Acknowledgement = false,
    [Description("Hold every write that carries text which a stranger may have written and the agent has read.")] bool HoldTainted = true,
    [Description("Other terms for some tools, tenants or roles; the first that matches decides.")] IReadOnlyList<ApprovalRuleSettings>? Rules = null,
    [Description("Who may decide at the command line without HTTP; 'sallyport approvals enroll' makes an entry.")] IReadOnlyList<ApproverSettings>? People = null,
    [Description("Address under which people reach this gate's pages, e.g. https://gate.example.org/; http.listen when left out."), Format(TextFormat.Uri)] string? Url = null);

/// <summary>Terms for some calls in place of the general ones; what a rule leaves out is as above.</summary>
internal sealed record ApprovalRuleSettings(
    [Description("Patterns over tool names, with :read or :write behind; every tool when left out.")] IReadOnlyList<string>? Tools = null,
    [Description("Tenant ids; every tenant when left out.")] IReadOnlyList<string>? Tenants = null,
    [Description("Roles of the caller; every role when left out.")] IReadOnlyList<string>? Roles = null,
    [Description("never, destructive or writes.")] ApprovalNeed? Require = null,
    [Description("Different people who must say yes."), Range(1, 5)] int? Approvers = null,
    [Description("Let the yes at the agent's own MCP client count.")] bool? Acknowledgement = null,
    [Description("Hold writes that carry text which a stranger may have written.")] bool? HoldTainted = null);

/// <summary>A person who may decide at the command line.</summary>
internal sealed record ApproverSettings(
    [Description("The name that the audit uses; whoever calls under the same name cannot be approved by it."), StringLength(64, MinimumLength = 1)] string Name,
    [Description("Hash of the person's secret, from 'sallyport approvals enroll'."), RegularExpression(ApproverSecret.HashForm)] string SecretHash,
    [Description("Tenant ids whose calls this person may decide; all of them when left out.")] IReadOnlyList<string>? Tenants = null);

/// <summary>Which calls a person must agree to.</summary>
internal enum ApprovalNeed
{
    [JsonStringEnumMemberName("never")]
    Never,

    [JsonStringEnumMemberName("destructive")]
    Destructive,

    [JsonStringEnumMemberName("writes")]
    Writes,
}
