using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Policy;

/// <summary>Refuses arguments that do not fit the schema that the client was shown.</summary>
internal sealed class ArgumentsGate : IGate
{
    public string Name => "arguments";

    public ValueTask<GateDecision> CheckAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var errors = call.Entry.Schema.Validate(call.Arguments.All.Span);
        return ValueTask.FromResult(errors.Count == 0
            ? GateDecision.Allow
            : new GateDecision.Refused(ErrorCode.InvalidArguments, string.Join("; ", errors), "Correct the named members and call again."));
    }
}
