using Sallyport.Core;
using Sallyport.Core.RequestTenants;

namespace Sallyport.Gateway.Tenancy;

/// <summary>A configured client that its tenant's calls share. Once its settings are gone it is closed, after its last call.</summary>
internal sealed class TenantClient(IConnector connector, Func<IAsyncDisposable> connect)
{
    public IConnector Connector => connector;

    private readonly Lock _lock = new();
    private IAsyncDisposable? _client;
    private int _leases;
    private bool _isRetired;

    public IAsyncDisposable Client
    {
        get
        {
            lock (_lock)
                return _client ??= connect();
        }
    }

    public ClientLease Lease()
    {
        lock (_lock)
        {
            var client = _client ??= connect();
            _leases++;
            return new ClientLease(client, ReturnAsync);
        }
    }

    /// <summary>Closes the client now, or when the last call that uses it has ended.</summary>
    public ValueTask RetireAsync()
    {
        lock (_lock)
        {
            _isRetired = true;
            return _leases == 0 ? CloseAsync() : ValueTask.CompletedTask;
        }
    }

    /// <summary>Closes the client whoever uses it: the gate stops.</summary>
    public ValueTask CloseAsync() => Interlocked.Exchange(ref _client, null)?.DisposeAsync() ?? ValueTask.CompletedTask;

    private ValueTask ReturnAsync()
    {
        lock (_lock)
            return --_leases == 0 && _isRetired ? CloseAsync() : ValueTask.CompletedTask;
    }
}
