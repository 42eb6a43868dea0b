using Sallyport.Core.Tools;

namespace Sallyport.Gateway.Pipeline;

/// <summary>How a call ended. Every call ends as exactly one of these, and the audit says which.</summary>
public abstract record ToolOutcome(string CallId)
{
    /// <summary>Where a call ends whose client answered a question that was never asked, or was answered before.</summary>
    public const string RequestState = "request-state";

    /// <param name="Json">The shaped result, compact UTF-8.</param>
    public sealed record Succeeded(string CallId, ReadOnlyMemory<byte> Json, IReadOnlyList<ToolAttachment> Attachments) : ToolOutcome(CallId)
    {
        /// <summary>Something was left out for size.</summary>
        public bool IsCapped { get; init; }

        /// <summary>Members whose text reads like instructions to a model, for the audit.</summary>
        public IReadOnlyList<string> InstructionLike { get; init; } = [];
    }

    /// <summary>A gate said no, or the call made no sense; nothing reached a platform.</summary>
    public sealed record Refused(string CallId, ToolError Error, string Gate) : ToolOutcome(CallId);

    /// <summary>A person must say yes first; nothing reached a platform.</summary>
    public sealed record Held(string CallId, ToolError Error) : ToolOutcome(CallId);

    /// <summary>The call went on and something broke.</summary>
    public sealed record Failed(string CallId, ToolError Error) : ToolOutcome(CallId);

    /// <summary>What to tell the caller when there is no result.</summary>
    public ToolError? Problem => this switch
    {
        Refused refused => refused.Error,
        Held held => held.Error,
        Failed failed => failed.Error,
        _ => null,
    };
}
