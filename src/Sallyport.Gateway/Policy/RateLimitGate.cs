using System.Collections.Concurrent;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Identity;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Policy;

/// <summary>Limits how many changes a caller can make in a span of time. Callers that showed no proof share one, smaller, limit.</summary>
internal sealed class RateLimitGate(RateLimit mutations, RateLimit openAccessMutations, TimeProvider time) : IGate
{
    private const string OpenAccess = "open-access";
    private const int MostBuckets = 10_000;

    private readonly ConcurrentDictionary<string, SlidingWindow> _buckets = new(StringComparer.Ordinal);

    public string Name => "rate-limit";

    public ValueTask<GateDecision> CheckAsync(ToolCall call, CancellationToken cancellationToken)
    {
        if (call.Tool.Access == ToolAccess.Read)
            return ValueTask.FromResult(GateDecision.Allow);
        var bucket = BucketOf(call.Caller);
        return ValueTask.FromResult<GateDecision>(bucket.Wait() is { } wait
            ? Refusal(wait)
            : new GateDecision.Allowed(() => bucket.TryAdmit() is { } late ? Refusal(late) : null));
    }

    private static GateDecision.Refused Refusal(TimeSpan wait)
        => new(ErrorCode.RateLimited, $"Mutation rate limit exceeded. Retry-After: {ToolError.Seconds(wait)}s.", "Wait, then go on.") { RetryAfter = wait };

    private SlidingWindow BucketOf(Caller caller)
    {
        var isOpen = caller.Proof is "stdio" or "open-access";
        if (_buckets.Count > MostBuckets)
        {
            foreach (var (idle, _) in _buckets.Where(pair => pair.Value.IsIdle))
                _buckets.TryRemove(idle, out _);
        }

        var limit = isOpen ? openAccessMutations : mutations;
        return _buckets.GetOrAdd(isOpen ? OpenAccess : caller.Subject, _ => new SlidingWindow(limit.Count, limit.Window, time));
    }
}
