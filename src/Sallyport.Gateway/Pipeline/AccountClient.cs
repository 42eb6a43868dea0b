using Sallyport.Core.RequestTenants;
using Sallyport.Core.Resilience;

namespace Sallyport.Gateway.Pipeline;

/// <summary>
/// What is kept for an account that requests bring. Its circuit is its own, because it may name another place: one
/// account's dead console must not close the platform for the others.
/// </summary>
internal sealed class AccountClient(Lazy<IAsyncDisposable> client, CircuitBreaker breaker) : IAsyncDisposable
{
    /// <summary>Made at the first call that gets through, so that what is wrong with it is that call's failure.</summary>
    public IAsyncDisposable Client => client.Value;

    public CircuitBreaker Breaker => breaker;

    public ValueTask DisposeAsync() => client.IsValueCreated ? client.Value.DisposeAsync() : ValueTask.CompletedTask;
}

/// <summary>The right to use an account's client until disposed of.</summary>
internal sealed class AccountLease(ClientLease lease) : IAsyncDisposable
{
    private readonly AccountClient _account = (AccountClient)lease.Client;

    public IAsyncDisposable Client => _account.Client;

    public CircuitBreaker Breaker => _account.Breaker;

    public ValueTask DisposeAsync() => lease.DisposeAsync();
}
