using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Core;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Approvals.Files;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Discovery;
using Sallyport.Gateway.Events;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Operating;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Policy;
using Sallyport.Gateway.Policy.Limits;
using Sallyport.Gateway.Tenancy;
using Sallyport.Hosting;

namespace Sallyport.Tests.Mcp;

/// <summary>A whole gate in front of the made-up platform: real pipeline, real gates, real audit in a folder of its own.</summary>
internal sealed class TestGate : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private TestGate(GatewayParts parts, DirectoryInfo folder) => (Parts, _folder) = (parts, folder);

    public GatewayParts Parts { get; }

    public SampleConnector Sample => Parts.Connectors.OfType<SampleConnector>().Single();

    public static Caller Reader { get; } = new("soc-agent", "reader", ["*"], "token");

    public static Caller Writer { get; } = new("fixer", "writer", ["*"], "token");

    public static Caller Approver { get; } = new("lead", "approver", ["*"], "token");

    /// <summary>Everything that has been recorded.</summary>
    public string AuditText
    {
        get
        {
            using var stream = new FileStream(Path.Combine(_folder.FullName, "audit.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    public static Task<TestGate> StartAsync(CancellationToken cancellationToken) => StartAsync([new SampleConnector()], cancellationToken);

    public static async Task<TestGate> StartAsync(IReadOnlyList<IConnector> connectors, CancellationToken cancellationToken, object? settingsOfAll = null, ILoggerFactory? logs = null)
    {
        var time = TimeProvider.System;
        var folder = Directory.CreateTempSubdirectory("sallyport-mcp-");
        var audit = await AuditLog.StartAsync(
            new AuditOptions(Path.Combine(folder.FullName, "audit.jsonl"), null, AuditDurability.Os, "test"), time, NullLogger.Instance, cancellationToken);
        var settings = connectors.ToDictionary(connector => connector.Id, _ => settingsOfAll ?? new SampleSettings());
        var tenants = new TenantDirectory([new Tenant("contoso", false, settings)]);
        var policy = ApprovalPolicy.Default;
        var approvals = new ApprovalDesk(new ApprovalFiles(Path.Combine(folder.FullName, "approvals")), policy, audit, time);
        var authorizer = new Authorizer(Role.BuiltIn);
        var catalog = new ToolCatalog(connectors, tenants, policy, static _ => true);
        var clients = new UpstreamClients(
            tenant => new UpstreamContext(tenant.Id, time, NullLoggerFactory.Instance, folder.FullName, AllowLoopback: true), new CircuitRules(), time);
        var links = new ReadLinks(time);
        var limit = new RateLimit(1000, TimeSpan.FromMinutes(1));
        var pipeline = new ToolCallPipeline(new PipelineParts(
            catalog, tenants, audit, Gates.InOrder(authorizer, new CallLimits(limit, limit), new Usage(time), null, approvals), approvals,
            new ToolExecution(clients, links, new CallSlots(), new ExecutionOptions(NameTenant: false), time), links, new ResponseLimits(), (logs ?? NullLoggerFactory.Instance).CreateLogger("Sallyport.Calls"), time));
        return new TestGate(
            new GatewayParts(
                new GatewayRules(new GatewayOffer(tenants, policy, authorizer, catalog, new ToolListing(catalog, authorizer, tenants, usesAliases: false), UsesAliases: false), pipeline),
                approvals, audit, connectors, clients, new GateEvents(time), NullLoggerFactory.Instance, time),
            folder);
    }

    public async ValueTask DisposeAsync()
    {
        await Parts.Clients.DisposeAsync();
        await Parts.Audit.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
