using Sallyport.Gateway.Pipeline;

namespace Sallyport.Gateway.Policy;

/// <summary>One reason why a call may not run now. It answers one question and changes nothing.</summary>
public interface IGate
{
    /// <summary>The word under which the audit records what this gate decided.</summary>
    string Name { get; }

    ValueTask<GateDecision> CheckAsync(ToolCall call, CancellationToken cancellationToken);
}
