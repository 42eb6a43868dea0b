namespace Sallyport.Gateway.Pipeline;

/// <summary>How many calls run at the same time; more wait. Shared by all generations of the settings.</summary>
/// <param name="most">Calls at a time.</param>
public sealed class CallSlots(int most = 128) : IDisposable
{
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _slots = new(most);

    public void Dispose() => _slots.Dispose();

    /// <summary>False when no slot came free in time; otherwise the slot must be given back.</summary>
    internal Task<bool> TakeAsync(CancellationToken cancellationToken) => _slots.WaitAsync(LongestWait, cancellationToken);

    internal void GiveBack() => _slots.Release();
}
