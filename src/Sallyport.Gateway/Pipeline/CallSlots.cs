using Sallyport.Core.Resilience;
using Sallyport.Gateway.Policy.Limits;

namespace Sallyport.Gateway.Pipeline;

/// <summary>How many calls run at the same time; more wait. Shared by all generations of the settings.</summary>
/// <param name="most">Calls at a time.</param>
public sealed class CallSlots(int most = 128) : IDisposable
{
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _slots = new(most);

    /// <summary>How many of them are one caller's.</summary>
    public CallerSlots Callers { get; } = new();

    public void Dispose() => _slots.Dispose();

    /// <summary>Null when no slot came free in time.</summary>
    internal Task<ToolOutcome?> RunAsync(Func<Task<ToolOutcome>> call, CancellationToken cancellationToken)
        => Slot.RunAsync(_slots, LongestWait, call, cancellationToken);
}
