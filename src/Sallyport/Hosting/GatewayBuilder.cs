using Microsoft.Extensions.Logging;
using Sallyport.Configuration;
using Sallyport.Configuration.Sections;
using Sallyport.Core;
using Sallyport.Core.Processes;
using Sallyport.Core.Resilience;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Discovery;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Policy;
using Sallyport.Gateway.Tenancy;
using RateLimit = Sallyport.Gateway.Policy.RateLimit;

namespace Sallyport.Hosting;

/// <summary>Puts a gate together from settings that have been checked: the one place where all parts meet.</summary>
internal static class GatewayBuilder
{
    public static async Task<RunningGateway> StartAsync(
        SallyportSettings settings, IReadOnlyList<IConnector> connectors, ILoggerFactory logs, TimeProvider time, CancellationToken cancellationToken)
    {
        var offer = Offer(settings, connectors);
        var audit = await AuditStart.StartAsync(settings, time, logs.CreateLogger("Sallyport.Audit"), cancellationToken);
        var clients = Clients(settings, logs, time);
        var links = new ReadLinks(time);
        var approvals = new ApprovalStore(offer.Policy, time);
        var execution = new ToolExecution(
            clients, links, new ExecutionOptions(offer.Tenants.HasSeveral, Wrap: settings.Untrusted.Wrapping == Wrapping.Envelope), time);
        var gates = Gates.InOrder(offer.Authorizer, Limit(settings.Limits.Mutations), Limit(settings.Limits.OpenAccessMutations), approvals, time);
        var pipeline = new ToolCallPipeline(new PipelineParts(
            offer.Catalog, offer.Tenants, audit, gates, approvals, execution, links, Responses(settings.Limits), logs.CreateLogger("Sallyport.Calls"), time)
        {
            TenantsAtOnce = settings.Limits.FanOut,
        });
        var parts = new GatewayParts(
            pipeline, offer.Listing, offer.Authorizer, offer.Tenants, approvals, audit, connectors, clients, logs, time)
        { UsesAliases = offer.UsesAliases };
        return new RunningGateway(parts, execution);
    }

    /// <summary>What the gate would show and to whom, without opening the audit or reaching any platform.</summary>
    public static GatewayOffer Offer(SallyportSettings settings, IReadOnlyList<IConnector> connectors)
    {
        var tenants = new TenantDirectory(
            [.. settings.Tenants.Select(tenant => new Tenant(tenant.Key, IsReadOnly(settings, tenant.Value), tenant.Value.Connectors))], settings.DefaultTenant);
        var policy = new ApprovalPolicy(
            (Gateway.Approvals.ApprovalNeed)settings.Approvals.Require, Duration.Parse(settings.Approvals.ExpiresAfter), settings.Approvals.Approvers);
        var authorizer = new Authorizer([.. Role.BuiltIn, .. settings.Roles.Select(role => RoleOf(role.Key, role.Value))]);
        var catalog = new ToolCatalog(connectors, tenants, policy, program => ProgramFinder.System.Find(program.Name).Path is not null);
        var usesAliases = settings.ToolNames == ToolNames.Reference;
        return new GatewayOffer(tenants, policy, authorizer, catalog, new ToolListing(catalog, authorizer, tenants, usesAliases), usesAliases);
    }

    /// <summary>The upstream clients alone, for a look at the platforms without a gate.</summary>
    public static UpstreamClients Clients(SallyportSettings settings, ILoggerFactory logs, TimeProvider time)
    {
        var state = StateFolder.Of(settings);
        var breaker = settings.CircuitBreaker;
        return new UpstreamClients(
            tenant => new UpstreamContext(tenant.Id, time, logs, StateFolder.Make(Path.Combine(state, "tenants", tenant.Id)), settings.AllowLoopbackUpstream, tenant.IsReadOnly),
            new CircuitOptions(breaker.FailureThreshold, Duration.Parse(breaker.RecoveryTimeout)) { SuccessThreshold = breaker.HalfOpenSuccessThreshold },
            time);
    }

    private static bool IsReadOnly(SallyportSettings settings, TenantSettings tenant) => (tenant.Mode ?? settings.Mode) == AccessMode.ReadOnly;

    private static Role RoleOf(string name, RoleSettings role)
        => new(name, new HashSet<Core.Tools.ToolPermission>(), role.Allow, role.Deny ?? []) { CanApprove = role.Approve };

    private static RateLimit Limit(string text)
    {
        var (count, window) = Rate.Parse(text);
        return new RateLimit(count, window);
    }

    /// <summary>Zero sets no limit of ours; the shaper keeps its own.</summary>
    private static ResponseLimits Responses(LimitSettings limits) => new(
        limits.ResponseBytes == 0 ? Gateway.Shaping.ShapeOptions.LargestBudget : limits.ResponseBytes,
        limits.ResponseTokens == 0 ? int.MaxValue : limits.ResponseTokens);
}

/// <summary>The tools, tenants and roles of a gate: everything that says who may do what.</summary>
internal sealed record GatewayOffer(
    TenantDirectory Tenants, ApprovalPolicy Policy, Authorizer Authorizer, ToolCatalog Catalog, ToolListing Listing, bool UsesAliases);
