using Microsoft.Extensions.Logging;
using Sallyport.Core;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Audit;
using Sallyport.Gateway.Events;
using Sallyport.Gateway.Pipeline;
using Sallyport.Gateway.Policy.Limits;

namespace Sallyport.Hosting;

/// <summary>The parts of a gate that stay when its settings change: what was recorded, held, counted and connected so far.</summary>
internal sealed record LastingParts(
    AuditLog Audit, ApprovalDesk Approvals, UpstreamClients Clients, IReadOnlyList<IConnector> Connectors, ILoggerFactory Logs, TimeProvider Time)
{
    public ReadLinks Links { get; } = new(Time);

    public CallSlots Slots { get; } = new();

    public Usage Usage { get; } = new(Time);

    public GateEvents Events { get; } = new(Time);
}
