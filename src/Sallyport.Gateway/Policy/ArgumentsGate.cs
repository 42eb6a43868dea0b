using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Policy;

/// <summary>Refuses arguments that do not fit the schema that the client was shown.</summary>
internal sealed class ArgumentsGate : IGate
{
    public string Name => "arguments";

    public ValueTask<GateDecision> CheckAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var schema = call.Entry.Schema;
        // With one tenant nobody is offered the argument; who names it anyway, as the reference servers allow, has been placed already.
        var errors = schema.Validate(call.Arguments.All.Span)
            .Where(error => error.Path != GateArgument.Tenant || schema.Root.Properties.ContainsKey(GateArgument.Tenant)).ToList();
        return ValueTask.FromResult(errors.Count == 0
            ? GateDecision.Allow
            : new GateDecision.Refused(ErrorCode.InvalidArguments, string.Join("; ", errors), "Correct the named members and call again."));
    }
}
