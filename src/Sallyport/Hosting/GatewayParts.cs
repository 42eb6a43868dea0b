using Microsoft.Extensions.Logging;
using Sallyport.Core;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Discovery;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Policy;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Hosting;

/// <summary>The gate, put together once at start: what stdio, HTTP and the command line all serve from.</summary>
internal sealed record GatewayParts(
    ToolCallPipeline Pipeline,
    ToolListing Listing,
    Authorizer Authorizer,
    TenantDirectory Tenants,
    ApprovalStore Approvals,
    AuditLog Audit,
    IReadOnlyList<IConnector> Connectors,
    UpstreamClients Clients,
    ILoggerFactory Logs,
    TimeProvider Time)
{
    /// <summary>Whether lists show the reference servers' names; both names always resolve.</summary>
    public bool UsesAliases { get; init; }

    /// <summary>Sentences for the model about how to use this gate, shown when a client connects.</summary>
    public string? Instructions { get; init; }
}
