namespace Sallyport.Gateway.Pipeline;

/// <summary>How a call has others made on its behalf: on the same road, each asked of every gate and audited as its own.</summary>
/// <param name="RunAsync">Takes the call and the most bytes of its result.</param>
public sealed record InnerCalls(Func<ToolCall, int, CancellationToken, Task<ToolOutcome>> RunAsync, TimeProvider Time);
