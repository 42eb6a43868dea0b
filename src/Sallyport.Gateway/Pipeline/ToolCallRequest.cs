using System.Diagnostics;
using Sallyport.Core.Tools;
using Sallyport.Gateway.Approvals;
using Sallyport.Gateway.Identity;

namespace Sallyport.Gateway.Pipeline;

/// <summary>A call as a host hands it over: nothing in it has been checked but the caller's identity.</summary>
/// <param name="Tool">Canonical name or alias.</param>
/// <param name="Arguments">UTF-8 JSON as sent; empty means no arguments.</param>
public sealed record ToolCallRequest(Caller Caller, string Tool, ReadOnlyMemory<byte> Arguments)
{
    /// <summary>The trace that the client says this call is a part of.</summary>
    public ActivityContext? Trace { get; init; }

    public IProgress<ToolProgress>? Progress { get; init; }

    /// <summary>What the client brings back on a question of ours about this call; null when it answers nothing.</summary>
    public ClientAnswer? Answer { get; init; }
}
