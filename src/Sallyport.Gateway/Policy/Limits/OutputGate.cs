using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Policy.Limits;

/// <summary>Counts the bytes of results that each caller has had from each tenant, so that nobody carries a platform away in small pieces.</summary>
public sealed class OutputMeter(RateLimit limit, Usage usage)
{
    public TimeSpan? Wait(ToolCall call) => usage.OutputOf(call).Wait(limit);

    public void Note(ToolCall call, int bytes) => usage.OutputOf(call).Add(bytes, limit);
}

/// <summary>Refuses calls of a caller who has had its share of results for now.</summary>
internal sealed class OutputGate(OutputMeter meter) : IGate
{
    public string Name => "output";

    public ValueTask<GateDecision> CheckAsync(ToolCall call, CancellationToken cancellationToken)
        => ValueTask.FromResult(meter.Wait(call) is { } wait
            ? new GateDecision.Refused(
                ErrorCode.RateLimited, $"Output limit exceeded. Retry-After: {ToolError.Seconds(wait)}s.", "Wait, then ask for less: fewer rows, or 'fields'.")
            { RetryAfter = wait }
            : GateDecision.Allow);
}
