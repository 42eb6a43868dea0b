using Sallyport.Core.Resilience;
using Sallyport.Gateway.Observability;
using Sallyport.Gateway.Policy.Limits;

namespace Sallyport.Gateway.Pipeline;

/// <summary>How many calls run at the same time; more wait. Shared by all generations of the settings.</summary>
/// <param name="most">Calls at a time.</param>
public sealed class CallSlots(int most = 128) : IDisposable
{
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _slots = new(most);
    private int _waiting;

    /// <summary>Calls that have a slot.</summary>
    public int Running => most - _slots.CurrentCount;

    /// <summary>Calls that wait for one.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>How many of them are one caller's.</summary>
    public CallerSlots Callers { get; } = new();

    public void Dispose() => _slots.Dispose();

    /// <summary>Null when no slot came free in time.</summary>
    internal Task<ToolOutcome?> RunAsync(string tool, Func<Task<ToolOutcome>> call, TimeProvider time, CancellationToken cancellationToken)
        => _slots.CurrentCount > 0 ? Slot.RunAsync(_slots, LongestWait, call, cancellationToken) : QueueAsync(tool, call, time, cancellationToken);

    private async Task<ToolOutcome?> QueueAsync(string tool, Func<Task<ToolOutcome>> call, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var isWaiting = true;
        Interlocked.Increment(ref _waiting);
        try
        {
            return await Slot.RunAsync(_slots, LongestWait, () =>
            {
                Waited();
                return call();
            }, cancellationToken);
        }
        finally
        {
            if (isWaiting)
                Waited();
        }

        void Waited()
        {
            isWaiting = false;
            Interlocked.Decrement(ref _waiting);
            CallMetrics.WaitedForSlot(tool, time.GetElapsedTime(started));
        }
    }
}
