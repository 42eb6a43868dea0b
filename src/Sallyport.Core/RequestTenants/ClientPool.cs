namespace Sallyport.Core.RequestTenants;

/// <summary>
/// Clients by key, at most so many, the longest unused dropped first. A client in use is never closed under its user: it goes
/// when its last lease ends.
/// </summary>
/// <param name="most">Clients kept.</param>
/// <param name="idle">How long a client is kept after its last use.</param>
public sealed class ClientPool(int most, TimeSpan idle, TimeProvider time) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Pooled>> _byKey = new(StringComparer.Ordinal);

    /// <summary>Most recently used first.</summary>
    private readonly LinkedList<Pooled> _byUse = new();

    public int Count
    {
        get
        {
            lock (_lock)
                return _byKey.Count;
        }
    }

    /// <summary>The client of <paramref name="key"/>, made by <paramref name="connect"/> when there is none. Dispose the lease after use.</summary>
    public async ValueTask<ClientLease> LeaseAsync(string key, Func<IAsyncDisposable> connect)
    {
        List<IAsyncDisposable> dropped = [];
        ClientLease lease;
        lock (_lock)
        {
            if (!_byKey.TryGetValue(key, out var node))
                _byKey[key] = node = new LinkedListNode<Pooled>(new Pooled(key, connect()));
            else
                _byUse.Remove(node);
            _byUse.AddFirst(node);
            node.Value.Leases++;
            lease = new ClientLease(node.Value.Client, () => ReturnAsync(node.Value));
            while (_byUse.Last is { } last && last != node && (_byKey.Count > most || (last.Value.Leases == 0 && last.Value.LastUsed + idle <= time.GetUtcNow())))
                Drop(last, dropped);
        }

        foreach (var client in dropped)
            await client.DisposeAsync();
        return lease;
    }

    public async ValueTask DisposeAsync()
    {
        List<IAsyncDisposable> dropped = [];
        lock (_lock)
        {
            while (_byUse.Last is { } last)
                Drop(last, dropped);
        }

        foreach (var client in dropped)
            await client.DisposeAsync();
    }

    private async ValueTask ReturnAsync(Pooled pooled)
    {
        bool isLast;
        lock (_lock)
        {
            pooled.LastUsed = time.GetUtcNow();
            isLast = --pooled.Leases == 0 && pooled.IsDropped;
        }

        if (isLast)
            await pooled.Client.DisposeAsync();
    }

    private void Drop(LinkedListNode<Pooled> node, List<IAsyncDisposable> dropped)
    {
        _byUse.Remove(node);
        _byKey.Remove(node.Value.Key);
        node.Value.IsDropped = true;
        if (node.Value.Leases == 0)
            dropped.Add(node.Value.Client);
    }

    private sealed class Pooled(string key, IAsyncDisposable client)
    {
        public string Key => key;

        public IAsyncDisposable Client => client;

        public int Leases { get; set; }

        public DateTimeOffset LastUsed { get; set; }

        public bool IsDropped { get; set; }
    }
}
