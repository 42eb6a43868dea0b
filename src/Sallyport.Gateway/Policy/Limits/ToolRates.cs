using Sallyport.Core.Tools;
using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Policy.Limits;

/// <summary>What an operator says about tools that a pattern names; null sets no limit.</summary>
public sealed record ToolRate(string Pattern, RateLimit? Limit);

/// <summary>How often one caller may use one tool of one tenant: as the operator says, else as the tool says itself.</summary>
/// <param name="rates">The first that matches decides.</param>
public sealed class ToolRates(IReadOnlyList<ToolRate> rates, Usage usage)
{
    public RateLimit? Of(Tool tool)
    {
        foreach (var rate in rates)
        {
            if (ToolPattern.Matches(rate.Pattern, tool))
                return rate.Limit;
        }

        return tool.Pace is { } pace ? new RateLimit(pace.Count, pace.Window) : null;
    }

    /// <summary>Gives back what a call cost whose arguments the tool itself refused: nothing was started.</summary>
    public void Forgive(ToolCall call)
    {
        if (IsCounted(call))
            WindowOf(call).TakeBack();
    }

    internal SlidingWindow WindowOf(ToolCall call) => usage.Tools.Of($"{LimitKey.Of(call)}\n{call.Tool.Name}");

    /// <summary>The parts of a joined view are counted with the whole.</summary>
    internal bool IsCounted(ToolCall call) => call.Parent is null && Of(call.Tool) is not null;
}

/// <summary>Refuses a tool to a caller who has used it often enough for now.</summary>
internal sealed class ToolRateGate(ToolRates rates) : IGate
{
    public string Name => "rate-limit";

    public ValueTask<GateDecision> CheckAsync(ToolCall call, CancellationToken cancellationToken)
    {
        if (!rates.IsCounted(call))
            return ValueTask.FromResult(GateDecision.Allow);
        var (limit, window) = (rates.Of(call.Tool)!, rates.WindowOf(call));
        return ValueTask.FromResult<GateDecision>(window.Wait(limit) is { } wait
            ? Refusal(call, wait)
            : new GateDecision.Allowed(_ => new(window.TryAdmit(limit) is { } late ? Refusal(call, late) : null)));
    }

    private static GateDecision.Refused Refusal(ToolCall call, TimeSpan wait) => new(
        ErrorCode.RateLimited, $"Rate limit of {call.Tool.Name} exceeded. Retry-After: {ToolError.Seconds(wait)}s.",
        "Wait, then go on; ask for more in one call where you can.")
    { RetryAfter = wait };
}
