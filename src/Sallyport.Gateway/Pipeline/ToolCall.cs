using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Gateway.Pipeline;

/// <summary>One tool, one tenant, one caller, one set of arguments. Nothing about it changes from here on.</summary>
public sealed record ToolCall(string Id, CatalogEntry Entry, Tenant Tenant, Caller Caller, CallArguments Arguments)
{
    public Tool Tool => Entry.Tool;

    /// <summary>One tenant's part of a question to several.</summary>
    public bool IsShare { get; init; }

    /// <summary>The caller's trace, which this call is a part of.</summary>
    public ActivityContext? Trace { get; init; }

    /// <summary>Why a person must agree to these arguments although nothing is changed; null when nobody need be asked.</summary>
    public string? ReasonForPerson => Tool.AsksPerson is { } rule && Tenant.Connectors.TryGetValue(Entry.Connector.Id, out var settings) && rule.AppliesTo(settings)
            && !(rule.ContinuesFreely && Arguments.Cursor is not null)
        ? rule.ReasonFor(settings, JsonElement.Parse(Arguments.ForTool.Span))
        : null;

    /// <summary>What a person approves: these arguments and, where the request brought one, this account. Member order and white space do not matter.</summary>
    public string Digest => Account is { Accepted.Key: var account }
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{ArgumentDigest.Of(Arguments.ForTool)} {account}")))
        : ArgumentDigest.Of(Arguments.ForTool);

    /// <summary>Calls in which the caller read text that a stranger may have written and that these arguments carry; always empty for reads.</summary>
    public IReadOnlyList<string> TaintedBy { get; init; } = [];

    /// <summary>What the client brings back on a question of ours; settled before the gates are asked.</summary>
    public ClientAnswer? Answer { get; init; }

    /// <summary>Id of the approval under which this may run: the caller's argument, or that of the question which the client answered.</summary>
    public string? Approval { get; init; }

    public IProgress<ToolProgress>? Progress { get; init; }

    /// <summary>The call that this one is a part of; null for a call that somebody made.</summary>
    public string? Parent { get; init; }

    /// <summary>How a call that is made of others has them made; null for one that is a part itself.</summary>
    public InnerCalls? Inner { get; init; }

    /// <summary>The account to use instead of the configured one; only ever for this tenant and platform.</summary>
    public RequestAccount? Account { get; init; }

    /// <summary>How the platform is reached for this call; null for tools of the gate.</summary>
    public object? Settings => Account?.Accepted.Settings ?? Tenant.Connectors.GetValueOrDefault(Entry.Connector.Id);
}
