using Microsoft.Extensions.Logging;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Events;
using Sallyport.Gateway.Policy;
using Sallyport.Gateway.Policy.Limits;
using Sallyport.Gateway.Tenancy;

namespace Sallyport.Gateway.Pipeline;

/// <summary>What the pipeline is made of. Hosts put it together once, at start.</summary>
public sealed record PipelineParts(
    ToolCatalog Catalog,
    TenantDirectory Tenants,
    AuditLog Audit,
    IReadOnlyList<IGate> Gates,
    ApprovalDesk Approvals,
    ToolExecution Execution,
    ReadLinks ReadLinks,
    ResponseLimits Limits,
    ILogger Log,
    TimeProvider Time)
{
    /// <summary>Tells those who watch about every call.</summary>
    public GateEvents? Events { get; init; }

    /// <summary>Tenants that one call to all of them asks at the same time.</summary>
    public int TenantsAtOnce { get; init; } = 5;

    /// <summary>Where results are counted, if that is limited.</summary>
    public OutputMeter? Output { get; init; }

    public ToolRates? Rates { get; init; }
}
