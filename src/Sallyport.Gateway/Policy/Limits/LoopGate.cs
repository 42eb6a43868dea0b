using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Policy.Limits;

/// <summary>Cuts an agent that goes round in circles: the same call with the same arguments, over and over.</summary>
internal sealed class LoopGate(RateLimit limit, Usage usage) : IGate
{
    public string Name => "loop";

    public ValueTask<GateDecision> CheckAsync(ToolCall call, CancellationToken cancellationToken)
    {
        // Different investigations ask a source the same thing; the one that repeats itself is cut.
        if (call.Parent is not null)
            return ValueTask.FromResult(GateDecision.Allow);
        var key = LimitKey.Of(call);
        // The key is in there twice: where callers share an entry, their calls are still their own.
        var window = usage.Repeats.Of(key).Of($"{key}\n{call.Tool.Name}\n{ArgumentDigest.Of(call.Arguments.All)}");
        return ValueTask.FromResult<GateDecision>(window.Wait(limit) is { } wait
            ? Refusal(wait)
            : new GateDecision.Allowed(_ => new(window.TryAdmit(limit) is { } late ? Refusal(late) : null)));
    }

    private GateDecision.Refused Refusal(TimeSpan wait) => new(
        ErrorCode.RateLimited,
        $"This is a loop: the same call with the same arguments was made {limit.Count} times within {limit.Window.TotalSeconds:0} s. Retry-After: {ToolError.Seconds(wait)}s.",
        "Use the answers you have, or ask something else.")
    { RetryAfter = wait };
}
