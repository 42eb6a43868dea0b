using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Core;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Approvals.Files;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Discovery;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Operating;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Policy;
using Sallyport.Gateway.Policy.Limits;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Tests.Gateway;

/// <summary>A whole gate in memory, with a real audit file, for tests to call.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sallyport-test-").FullName;
    private AuditLog _audit = null!;
    private UpstreamClients _clients = null!;

    public Caller Caller { get; set; } = Some.Caller();

    public FakeClock Clock { get; private init; } = new();

    public ToolCallPipeline Pipeline { get; private set; } = null!;

    public ToolCatalog Catalog { get; private set; } = null!;

    public ToolListing Listing { get; private set; } = null!;

    public ApprovalDesk Approvals { get; private set; } = null!;

    public TenantDirectory Tenants { get; private set; } = null!;

    public Authorizer Authorizer { get; private set; } = null!;

    public string AuditFile => Path.Combine(_directory, "audit.jsonl");

    public static Task<TestGateway> StartAsync(params Tool[] tools) => StartAsync(new TestConnector(tools), new object());

    public static Task<TestGateway> StartAsync(IConnector connector, object settings, TestGatewayOptions? options = null)
        => StartAsync([connector], [Some.Tenant(connector.Id, settings)], options);

    public static async Task<TestGateway> StartAsync(IReadOnlyList<IConnector> connectors, IReadOnlyList<Tenant> tenants, TestGatewayOptions? options = null)
    {
        options ??= new TestGatewayOptions();
        var gateway = new TestGateway { Clock = options.Clock ?? new FakeClock() };
        var time = options.Time ?? (options.UsesRealTime ? TimeProvider.System : gateway.Clock);
        gateway._audit = await AuditLog.StartAsync(
            new AuditOptions(gateway.AuditFile, null, AuditDurability.Os, "test"), time, NullLogger.Instance, CancellationToken.None);
        gateway.Tenants = new TenantDirectory(tenants, options.DefaultTenant);
        gateway.Approvals = new ApprovalDesk(options.Store ?? new ApprovalFiles(Path.Combine(gateway._directory, "approvals")), options.Approvals, gateway._audit, time);
        gateway.Authorizer = new Authorizer([.. Role.BuiltIn, .. options.Roles]) { SwitchedOff = options.SwitchedOff };
        gateway.Catalog = new ToolCatalog(
            connectors, gateway.Tenants, options.Approvals, _ => true, DiscoveryTools.For(caller => gateway.Listing.For(caller), options.Approvals));
        gateway.Listing = new ToolListing(gateway.Catalog, gateway.Authorizer, gateway.Tenants, usesAliases: false);
        gateway._clients = new UpstreamClients(
            tenant => new UpstreamContext(tenant.Id, time, NullLoggerFactory.Instance, gateway._directory, AllowLoopback: true), new CircuitRules(options.Circuit.FailureThreshold, options.Circuit.Recovery), time);
        var links = new ReadLinks(time);
        var limits = new CallLimits(options.Mutations, options.OpenAccessMutations ?? options.Mutations) { Calls = options.Calls, Tools = options.Tools, Repeats = options.Repeats };
        var usage = new Usage(time);
        var output = options.OutputBytes is { } bytes ? new OutputMeter(bytes, usage) : null;
        gateway.Pipeline = new ToolCallPipeline(new PipelineParts(
            gateway.Catalog, gateway.Tenants, gateway._audit,
            Gates.InOrder(gateway.Authorizer, limits, usage, output, gateway.Approvals),
            gateway.Approvals, new ToolExecution(gateway._clients, links, new CallSlots(), new ExecutionOptions(gateway.Tenants.HasSeveral, options.Wrap, options.CallsPerCaller), time),
            links, options.Limits, options.Log, time)
        {
            TenantsAtOnce = options.TenantsAtOnce,
            Output = output,
            Rates = new ToolRates(limits.Tools, usage),
        });
        return gateway;
    }

    public Task<ToolOutcome> CallAsync(string tool, string arguments = "{}", IProgress<ToolProgress>? progress = null, CancellationToken cancellationToken = default)
        => Pipeline.RunAsync(new ToolCallRequest(Caller, tool, Encoding.UTF8.GetBytes(arguments)) { Progress = progress }, cancellationToken);

    /// <summary>Another person's yes; null when it stands.</summary>
    public Task<string?> ApproveAsync(string id, string person = "a person")
        => Approvals.DecideAsync(id, new Approver(person, "http"), isApproved: true, CancellationToken.None);

    /// <summary>The result of a call that must succeed.</summary>
    public async Task<JsonElement> ResultAsync(string tool, string arguments = "{}")
    {
        var outcome = await CallAsync(tool, arguments);
        var succeeded = outcome as ToolOutcome.Succeeded;
        Assert.True(succeeded is not null, $"{tool} {arguments}: {outcome.Problem}");
        return JsonDocument.Parse(succeeded.Json).RootElement;
    }

    /// <summary>The audit in short: <c>open</c>, <c>close refused role</c> and so on, without the log's own records.</summary>
    public IReadOnlyList<string> AuditLines() => [.. AuditRecords().Where(record => Text(record, "event") is "open" or "close").Select(Short)];

    public IReadOnlyList<JsonElement> AuditRecords()
    {
        using var stream = new FileStream(AuditFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    public async ValueTask DisposeAsync()
    {
        await _clients.DisposeAsync();
        await _audit.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static string Short(JsonElement record)
        => string.Join(' ', new[] { "event", "outcome", "code" }.Select(name => Text(record, name)).Where(text => text is not null));

    private static string? Text(JsonElement record, string name) => record.TryGetProperty(name, out var value) ? value.GetString() : null;
}
