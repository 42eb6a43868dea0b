using Sallyport.Core.Tools;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Policy;

/// <summary>Refuses writes on a tenant that is set read-only, whatever the caller's role.</summary>
internal sealed class ReadOnlyGate : IGate
{
    public string Name => "mode";

    public ValueTask<GateDecision> CheckAsync(ToolCall call, CancellationToken cancellationToken)
        => ValueTask.FromResult(call.Tool.Access == ToolAccess.Write && call.Tenant.IsReadOnly
            ? new GateDecision.Refused(ErrorCode.ReadOnly, $"Tenant '{call.Tenant.Id}' is read-only.", "An operator can set 'mode: rw' for it.")
            : GateDecision.Allow);
}
