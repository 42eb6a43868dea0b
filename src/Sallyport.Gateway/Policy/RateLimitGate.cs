using Sallyport.Core.Tools;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Policy;

/// <summary>Limits how many changes a caller can make in a span of time. Callers that showed no proof share one, smaller, limit.</summary>
internal sealed class RateLimitGate(RateLimit mutations, RateLimit openAccessMutations, MutationWindows windows) : IGate
{
    private const string OpenAccess = "open-access";

    public string Name => "rate-limit";

    public ValueTask<GateDecision> CheckAsync(ToolCall call, CancellationToken cancellationToken)
    {
        if (call.Tool.Access == ToolAccess.Read)
            return ValueTask.FromResult(GateDecision.Allow);
        var isOpen = call.Caller.Proof is "stdio" or "open-access";
        var limit = isOpen ? openAccessMutations : mutations;
        var window = windows.Of(isOpen ? OpenAccess : call.Caller.Subject, limit);
        return ValueTask.FromResult<GateDecision>(window.Wait(limit) is { } wait
            ? Refusal(wait)
            : new GateDecision.Allowed(() => window.TryAdmit(limit) is { } late ? Refusal(late) : null));
    }

    private static GateDecision.Refused Refusal(TimeSpan wait)
        => new(ErrorCode.RateLimited, $"Mutation rate limit exceeded. Retry-After: {ToolError.Seconds(wait)}s.", "Wait, then go on.") { RetryAfter = wait };
}
