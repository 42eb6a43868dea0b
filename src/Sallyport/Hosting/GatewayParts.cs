using Microsoft.Extensions.Logging;
using Sallyport.Core;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Discovery;
using Sallyport.Gateway.Events;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Policy;
using Sallyport.Gateway.Policy.Limits;
using Sallyport.Gateway.Tenancy;
using Sallyport.Hosting.Operations;

namespace Sallyport.Hosting;

/// <summary>
/// The gate that stdio, HTTP and the command line all serve from. What the settings decide is swapped whole when they change,
/// so read it here each time and keep no part of it; a call goes on with what it started with.
/// </summary>
internal sealed class GatewayParts(
    GatewayRules rules, ApprovalDesk approvals, AuditLog audit, IReadOnlyList<IConnector> connectors, UpstreamClients clients, GateEvents events, ILoggerFactory logs, TimeProvider time)
{
    private GatewayRules _rules = rules;

    /// <summary>Called after the rules were swapped.</summary>
    public event Action? Changed;

    /// <summary>Everything that the settings decide, of one generation.</summary>
    public GatewayRules Rules => Volatile.Read(ref _rules);

    public ToolCallPipeline Pipeline => Rules.Pipeline;

    public ToolListing Listing => Rules.Offer.Listing;

    public Authorizer Authorizer => Rules.Offer.Authorizer;

    public TenantDirectory Tenants => Rules.Offer.Tenants;

    /// <summary>Whether lists show the reference servers' names; both names always resolve.</summary>
    public bool UsesAliases => Rules.Offer.UsesAliases;

    /// <summary>Sentences for the model about how to use this gate, shown when a client connects.</summary>
    public string? Instructions => Rules.Instructions;

    public ApprovalDesk Approvals => approvals;

    public AuditLog Audit => audit;

    public IReadOnlyList<IConnector> Connectors => connectors;

    public UpstreamClients Clients => clients;

    public GateEvents Events => events;

    public ILoggerFactory Logs => logs;

    public TimeProvider Time => time;

    /// <summary>What keeps the gate in order while it serves; null where it does not serve.</summary>
    public GateOperations? Operations { get; set; }

    /// <summary>From here on calls follow these rules; clients that no rule needs any more are closed after their last call.</summary>
    public async ValueTask SwapAsync(GatewayRules rules)
    {
        Volatile.Write(ref _rules, rules);
        Approvals.Policy = rules.Offer.Policy;
        Changed?.Invoke();
        await clients.KeepOnlyAsync(rules.Offer.Tenants.Tenants);
    }
}

/// <summary>What the settings decide: who may do what, and how calls are run.</summary>
internal sealed record GatewayRules(GatewayOffer Offer, ToolCallPipeline Pipeline)
{
    public string? Instructions { get; init; }

    /// <summary>How often each tool may be used.</summary>
    public ToolRates? Rates { get; init; }
}

/// <summary>The tools, tenants and roles of a gate: everything that says who may do what.</summary>
internal sealed record GatewayOffer(
    TenantDirectory Tenants, ApprovalPolicy Policy, Authorizer Authorizer, ToolCatalog Catalog, ToolListing Listing, bool UsesAliases);
