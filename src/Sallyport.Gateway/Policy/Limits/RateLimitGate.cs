using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Policy.Limits;

/// <summary>Limits how often a caller can do something to one tenant in a span of time.</summary>
/// <param name="what">What is counted, for the message.</param>
/// <param name="isCounted">Which calls this limit is about.</param>
internal sealed class RateLimitGate(string what, RateLimit limit, BoundedTable<SlidingWindow> windows, Func<ToolCall, bool> isCounted) : IGate
{
    public string Name => "rate-limit";

    public ValueTask<GateDecision> CheckAsync(ToolCall call, CancellationToken cancellationToken)
    {
        if (!isCounted(call))
            return ValueTask.FromResult(GateDecision.Allow);
        var window = windows.Of(LimitKey.Of(call));
        return ValueTask.FromResult<GateDecision>(window.Wait(limit) is { } wait
            ? Refusal(wait)
            : new GateDecision.Allowed(_ => new(window.TryAdmit(limit) is { } late ? Refusal(late) : null)));
    }

    private GateDecision.Refused Refusal(TimeSpan wait)
        => new(ErrorCode.RateLimited, $"{what} rate limit exceeded. Retry-After: {ToolError.Seconds(wait)}s.", "Wait, then go on.") { RetryAfter = wait };
}
