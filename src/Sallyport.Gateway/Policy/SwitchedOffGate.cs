using Sallyport.Core.Tools;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Policy;

/// <summary>Refuses tools that an administrator has switched off, whoever asks and whatever was approved before.</summary>
internal sealed class SwitchedOffGate(Authorizer authorizer) : IGate
{
    public string Name => "switched-off";

    public ValueTask<GateDecision> CheckAsync(ToolCall call, CancellationToken cancellationToken) => ValueTask.FromResult(Refusal(call.Tool) ?? GateDecision.Allow);

    /// <summary>Null when the tool is on.</summary>
    public GateDecision.Refused? Refusal(Tool tool) => authorizer.IsSwitchedOff(tool)
        ? new GateDecision.Refused(ErrorCode.ToolDisabled, "An administrator has switched this tool off.", "Do without it, or ask the operator.")
        : null;
}
