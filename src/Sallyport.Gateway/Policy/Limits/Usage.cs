using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Policy.Limits;

/// <summary>Who has done how much lately, by caller and tenant. Outlives the limits: changed settings forgive nothing.</summary>
public sealed class Usage(TimeProvider time)
{
    private const int Most = 10_000;

    internal BoundedTable<SlidingWindow> Mutations { get; } = Windows(time);

    internal BoundedTable<SlidingWindow> Calls { get; } = Windows(time);

    /// <summary>By caller, tenant and tool.</summary>
    internal BoundedTable<SlidingWindow> Tools { get; } = Windows(time);

    internal BoundedTable<RecentCalls> Repeats { get; } = new(Most, () => new RecentCalls(time), static calls => calls.IsIdle, time);

    private BoundedTable<SlidingWindow> Output { get; } = Windows(time);

    internal SlidingWindow OutputOf(ToolCall call) => Output.Of(LimitKey.Of(call));

    /// <summary>A table of windows for callers or addresses.</summary>
    public static BoundedTable<SlidingWindow> Windows(TimeProvider time) => new(Most, () => new SlidingWindow(time), static window => window.IsIdle, time);
}
