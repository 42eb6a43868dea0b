using Microsoft.Extensions.Logging;
using Sallyport.Configuration;
using Sallyport.Configuration.Sections;
using Sallyport.Core;
using Sallyport.Core.Processes;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Discovery;
using Sallyport.Gateway.Operating;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Policy;
using Sallyport.Gateway.Policy.Limits;
using Sallyport.Gateway.Tenancy;
using Sallyport.Hosting.Approvals;

namespace Sallyport.Hosting;

/// <summary>Puts a gate together from settings that have been checked: the one place where all parts meet.</summary>
internal static class GatewayBuilder
{
    public static async Task<RunningGateway> StartAsync(
        SallyportSettings settings, IReadOnlyList<IConnector> connectors, ILoggerFactory logs, TimeProvider time, CancellationToken cancellationToken)
    {
        // Beside each other: the one waits for the disk, the other for the processor.
        var offering = Task.Run(() => Offer(settings, connectors), CancellationToken.None);
        var audit = await AuditStart.StartAsync(settings, logs, time, cancellationToken);
        var lasting = new LastingParts(audit, ApprovalStart.Desk(settings, audit, logs, time), Clients(settings, logs, time), connectors, logs, time);
        lasting.Clients.BreakerChanged += lasting.Events.BreakerChanged;
        lasting.Clients.WorkNoted += lasting.Events.WorkNoted;
        return new RunningGateway(lasting, new GatewayParts(
            Rules(settings, lasting, await offering), lasting.Approvals, lasting.Audit, connectors, lasting.Clients, lasting.Events, logs, time));
    }

    /// <summary>What these settings decide, over the parts that outlive them.</summary>
    public static GatewayRules Rules(SallyportSettings settings, LastingParts lasting) => Rules(settings, lasting, Offer(settings, lasting.Connectors));

    private static GatewayRules Rules(SallyportSettings settings, LastingParts lasting, GatewayOffer offer)
    {
        var execution = new ToolExecution(
            lasting.Clients, lasting.Links, lasting.Slots, new ExecutionOptions(
                offer.Tenants.HasSeveral, Wrap: settings.Untrusted.Wrapping == Wrapping.Envelope, CallsPerCaller: settings.Limits.ConcurrentCalls), lasting.Time);
        var limits = LimitSetup.Of(settings.Limits);
        var output = limits.OutputBytes is { } bytes ? new OutputMeter(bytes, lasting.Usage) : null;
        var rates = new ToolRates(limits.Tools, lasting.Usage);
        var gates = Gates.InOrder(offer.Authorizer, limits, lasting.Usage, output, lasting.Approvals);
        return new GatewayRules(offer, new ToolCallPipeline(new PipelineParts(
            offer.Catalog, offer.Tenants, lasting.Audit, gates, lasting.Approvals, execution, lasting.Links, LimitSetup.Responses(settings.Limits),
            lasting.Logs.CreateLogger("Sallyport.Calls"), lasting.Time)
        {
            Events = lasting.Events,
            TenantsAtOnce = settings.Limits.FanOut,
            Output = output,
            Rates = rates,
        }))
        {
            Instructions = Instructions.For(offer.Tenants.HasSeveral, offer.Listing.Toolsets),
            Rates = rates,
        };
    }

    /// <summary>What the gate would show and to whom, without opening the audit or reaching any platform.</summary>
    /// <param name="isInstalled">Whether a tool's program is there; this machine says when null.</param>
    public static GatewayOffer Offer(SallyportSettings settings, IReadOnlyList<IConnector> connectors, Func<ExternalProgram, bool>? isInstalled = null)
    {
        var tenants = new TenantDirectory(
            [.. settings.Tenants.Select(tenant => new Tenant(tenant.Key, IsReadOnly(settings, tenant.Value), tenant.Value.Connectors))], settings.DefaultTenant);
        var policy = ApprovalStart.PolicyOf(settings);
        var authorizer = new Authorizer([.. Role.BuiltIn, .. settings.Roles.Select(role => RoleOf(role.Key, role.Value))])
        {
            SwitchedOff = new SwitchedOffTools(StateFolder.Of(settings)).Read(),
        };
        ToolListing? listing = null;
        var catalog = new ToolCatalog(
            connectors, tenants, policy, isInstalled ?? (program => ProgramFinder.System.Find(program.Name).Path is not null),
            DiscoveryTools.For(caller => listing!.For(caller), policy), new OfferedTools(settings.Tools.Include, settings.Tools.Exclude ?? []));
        var usesAliases = settings.ToolNames == ToolNames.Reference;
        var toolsets = settings.Catalog == CatalogKind.Lean
            ? Toolsets.Lean
            : Toolsets.Full(catalog, settings.Toolsets.Show ?? [], settings.Toolsets.Hide ?? []);
        listing = new ToolListing(catalog, authorizer, tenants, usesAliases, toolsets);
        return new GatewayOffer(tenants, policy, authorizer, catalog, listing, usesAliases);
    }

    /// <summary>The upstream clients alone, for a look at the platforms without a gate.</summary>
    public static UpstreamClients Clients(SallyportSettings settings, ILoggerFactory logs, TimeProvider time)
    {
        var state = StateFolder.Of(settings);
        return new UpstreamClients(
            tenant => new UpstreamContext(tenant.Id, time, logs, StateFolder.Make(Path.Combine(state, "tenants", tenant.Id)), settings.AllowLoopbackUpstream, tenant.IsReadOnly),
            Circuits(settings.CircuitBreaker),
            time);
    }

    public static CircuitRules Circuits(CircuitBreakerSettings settings) => new(settings.FailureThreshold, Span(settings.RecoveryTimeout))
    {
        SuccessThreshold = settings.HalfOpenSuccessThreshold,
        Upstreams = (settings.Upstreams ?? new Dictionary<string, UpstreamCircuitSettings>())
            .ToDictionary(upstream => upstream.Key, upstream => new CircuitRules(upstream.Value.FailureThreshold, Span(upstream.Value.RecoveryTimeout))),
    };

    private static TimeSpan? Span(string? text) => text is null ? null : Duration.Parse(text);

    private static bool IsReadOnly(SallyportSettings settings, TenantSettings tenant) => (tenant.Mode ?? settings.Mode) == AccessMode.ReadOnly;

    private static Role RoleOf(string name, RoleSettings role)
        => new(name, new HashSet<ToolPermission>(), role.Allow, role.Deny ?? []) { CanApprove = role.Approve };
}
