namespace Sallyport.Gateway.Pipeline;

/// <summary>Why a call did not give a result, for the caller: a code, a sentence, and what to do.</summary>
public sealed record ToolError(string Code, string Message)
{
    public string? Hint { get; init; }

    /// <summary>Seconds to wait, rounded up.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Set on a held call: what the caller repeats the call with once a person has said yes.</summary>
    public string? ApprovalId { get; init; }

    /// <summary>Set on a held call: what would happen, and to what.</summary>
    public HeldNotice? Held { get; init; }

    /// <summary>Whole seconds to wait, at least one.</summary>
    public static int Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
}
