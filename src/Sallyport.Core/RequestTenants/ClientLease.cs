namespace Sallyport.Core.RequestTenants;

/// <summary>The right to use a shared client until disposed of.</summary>
/// <param name="end">Called once, when the use ends.</param>
public sealed class ClientLease(IAsyncDisposable client, Func<ValueTask> end) : IAsyncDisposable
{
    private int _ended;

    public IAsyncDisposable Client => client;

    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _ended, 1) == 0 ? end() : ValueTask.CompletedTask;
}
