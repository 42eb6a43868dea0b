using System.Collections.Concurrent;

namespace Sallyport.Gateway.Policy.Limits;

/// <summary>
/// What is remembered of each caller or address, for a bounded number of them. Idle ones are forgotten when it is full; if
/// none is, newcomers share one entry, so that strangers who come in great numbers slow each other and nobody else.
/// </summary>
public sealed class BoundedTable<T>(int most, Func<T> make, Func<T, bool> isIdle, TimeProvider time)
    where T : class
{
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, T> _entries = new(StringComparer.Ordinal);
    private readonly T _shared = make();
    private long _swept;

    public int Count => _entries.Count;

    /// <summary>The entry of this key, made when it is new.</summary>
    public T Of(string key)
    {
        if (_entries.TryGetValue(key, out var entry))
            return entry;
        if (_entries.Count >= most)
            Sweep();
        return _entries.Count >= most ? _shared : _entries.GetOrAdd(key, _ => make());
    }

    /// <summary>The entry of this key where there is one; never makes one.</summary>
    public T? Find(string key) => _entries.TryGetValue(key, out var entry) ? entry : _entries.Count >= most ? _shared : null;

    private void Sweep()
    {
        var swept = Interlocked.Read(ref _swept);
        if ((swept != 0 && time.GetElapsedTime(swept) < BetweenSweeps) || Interlocked.CompareExchange(ref _swept, time.GetTimestamp(), swept) != swept)
            return;
        foreach (var (key, entry) in _entries)
        {
            if (isIdle(entry))
                _entries.TryRemove(key, out _);
        }
    }
}
